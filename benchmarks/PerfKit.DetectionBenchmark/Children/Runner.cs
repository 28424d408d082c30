using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PerfKit.DetectionBenchmark;

/// <summary>A case and what came of it; the result is <c>null</c> where the child did not deliver one.</summary>
internal sealed record Outcome(Case Case, ChildResult? Result, string? Problem);

/// <summary>Runs cases in children: one after another, and beside them the few that take long and little CPU.</summary>
internal sealed class Runner(int seed, string? reportFolder, RemoteServer remote, Action<Outcome> tell)
{
    private const int LongAtOnce = 3;

    // Beyond start and audit: what starting, compiling, filling memory and a busy machine may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private readonly List<Outcome> _outcomes = []; // guarded by _lock

    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<Case> cases, bool isFixed)
    {
        await Task.WhenAll(
            Parallel.ForEachAsync(cases.Where(@case => @case.IsLong), new ParallelOptions { MaxDegreeOfParallelism = LongAtOnce }, async (@case, _) => await RunAsync(@case, isFixed)),
            Task.Run(async () =>
            {
                foreach (Case @case in cases.Where(@case => !@case.IsLong))
                    await RunAsync(@case, isFixed);
            }));
        lock (_lock)
            return [.. _outcomes.OrderBy(outcome => cases.Select((@case, i) => (@case, i)).First(entry => entry.@case == outcome.Case).i)];
    }

    private async Task RunAsync(Case @case, bool isFixed)
    {
        Outcome outcome = await OutcomeOfAsync(@case, isFixed);
        lock (_lock)
        {
            _outcomes.Add(outcome);
            tell(outcome);
        }
    }

    private async Task<Outcome> OutcomeOfAsync(Case @case, bool isFixed)
    {
        using Process child = Self.Start(
        [
            Self.ChildCommand, @case.Name, seed.ToString(CultureInfo.InvariantCulture), isFixed ? "fixed" : "faulty", remote.Port.ToString(CultureInfo.InvariantCulture), reportFolder ?? "",
        ]);
        using var patience = new CancellationTokenSource(@case.Audit + Patience);
        try
        {
            Task<string> errors = child.StandardError.ReadToEndAsync(patience.Token);
            string? line = await child.StandardOutput.ReadLineAsync(patience.Token);
            await child.WaitForExitAsync(patience.Token);
            if (line is null || child.ExitCode != 0)
                return new Outcome(@case, null, $"ended with {child.ExitCode}: {(await errors).Trim()}");
            return new Outcome(@case, JsonSerializer.Deserialize<ChildResult>(line, ChildProgram.Json), null);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            return new Outcome(@case, null, "took too long, and was ended");
        }
    }
}

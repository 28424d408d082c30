using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PerfKit.DetectionBenchmark;

/// <summary>A case and what came of it; the result is <c>null</c> where the child did not deliver one.</summary>
internal sealed record Outcome(Case Case, ChildResult? Result, string? Problem)
{
    /// <summary>The least share of the CPUs that was to be had right before and right after.</summary>
    public double Room { get; init; } = 1;
}

/// <summary>Runs cases in children: one after another, and beside them the few that take long and little CPU.</summary>
internal sealed class Runner(int seed, string? reportFolder, RemoteServer remote, Action<Outcome, bool> tell)
{
    private const int LongAtOnce = 3;

    // Beyond start and audit: what starting, compiling, filling memory and a busy machine may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Lock _console = new();
    private readonly Elbowroom _elbowroom = new();

    /// <summary>How long other programs were waited for.</summary>
    public TimeSpan Waited => _elbowroom.Waited;

    /// <summary>Runs the cases; what other programs kept from happening is tried once more at the end, and nothing else is.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<Case> cases, bool isFixed)
    {
        var outcomes = new ConcurrentDictionary<string, Outcome>();
        await Task.WhenAll(
            Parallel.ForEachAsync(cases.Where(@case => @case.IsLong), new ParallelOptions { MaxDegreeOfParallelism = LongAtOnce }, async (@case, _) => await RunAsync(@case)),
            Task.Run(async () => await RunInTurnAsync(cases.Where(@case => !@case.IsLong))));
        if (!isFixed)
            await RunInTurnAsync(cases.Where(@case => !new CaseVerdict(outcomes[@case.Name]).IsJudged));
        return [.. cases.Select(@case => outcomes[@case.Name])];

        async Task RunInTurnAsync(IEnumerable<Case> some)
        {
            foreach (Case @case in some)
            {
                double room = await _elbowroom.WaitAsync();
                await RunAsync(@case, room);
            }
        }

        async Task RunAsync(Case @case, double? roomBefore = null)
        {
            Outcome outcome = await OutcomeOfAsync(@case, isFixed);
            if (roomBefore is double room)
                outcome = outcome with { Room = Math.Min(room, Elbowroom.ShareToBeHad()) };
            outcomes[@case.Name] = outcome;
            lock (_console)
                tell(outcome, isFixed);
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

using System.Text.Json;

namespace PerfKit.DetectionBenchmark;

/// <summary>The file of <c>--json</c>: everything that the score was made of.</summary>
internal static class CaseLine
{
    private static readonly JsonSerializerOptions Json = new(ChildProgram.Json) { WriteIndented = true };

    public static async Task WriteAsync(string path, int seed, IReadOnlyList<Outcome> outcomes)
    {
        await using FileStream file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, new { seed, cases = outcomes.Select(outcome => Of(new CaseVerdict(outcome))) }, Json);
    }

    private static object Of(CaseVerdict verdict) => new
    {
        name = verdict.Case.Name,
        isJudged = verdict.IsJudged,
        heldBack = verdict.Case.IsHeldBack,
        parameters = verdict.Case.Workloads.Select(workload => workload.ToString()),
        injected = verdict.Case.Injected,
        accompanying = verdict.Case.Accompanying,
        found = verdict.Found,
        missed = verdict.Missed,
        falselyFound = verdict.False,
        findings = verdict.Outcome.Result?.Found,
        namedRightly = verdict.Right.All(verdict.NamesRightly),
        secondsToFind = verdict.Outcome.Result?.SecondsToFind,
        figures = verdict.Outcome.Result?.Figures,
        startSeconds = verdict.Outcome.Result?.StartSeconds,
        auditSeconds = verdict.Outcome.Result?.AuditSeconds,
        room = verdict.Outcome.Room,
        cores = verdict.Outcome.Result?.Cores,
        machineCpuPercent = verdict.Outcome.Result?.MachineCpuPercent,
        reasons = verdict.IsAsItShould ? null : verdict.Outcome.Result?.Reasons,
        problem = verdict.Outcome.Problem,
    };
}

using PerfKit.Storage;

namespace PerfKit.StoreBenchmark;

/// <summary>Runs as a year of continuous integration makes them: ten applications in turns, the same hundred figures each.</summary>
internal static class Runs
{
    public const int Figures = 100;
    public const int Applications = 10;

    public static readonly DateTimeOffset End = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RunMetric[] Patterns =
        [.. Enumerable.Range(0, Figures).Select(i => new RunMetric($"benchmark_{i / 10}", $"metric_{i % 5}", 0, "ms") { Operation = $"operation_{i / 5 % 2}" })];

    /// <summary>Runs spread evenly over the year before <see cref="End"/>, oldest first.</summary>
    public static IEnumerable<AuditRun> OfAYear(int count)
    {
        var random = new Random(20260101);
        byte[] id = new byte[16];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(id);
            yield return new AuditRun
            {
                Id = new Guid(id),
                Application = $"application_{i % Applications}",
                Kind = AuditKind.Benchmark,
                FinishedAt = End - TimeSpan.FromDays(365) * ((double)(count - i) / count),
                MachineFingerprint = "linux-x64/2",
                Commit = $"{i / Applications:x8}",
                Branch = "main",
                Metrics = [.. Patterns.Select(pattern => pattern with { Value = 100 + random.NextDouble() })],
            };
        }
    }
}

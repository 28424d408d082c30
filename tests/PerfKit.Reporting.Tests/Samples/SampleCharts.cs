namespace PerfKit.Reporting.Tests;

internal static class SampleCharts
{
    private const double MiB = 1024 * 1024;

    public static IEnumerable<ChartBlock> Create()
    {
        yield return new ChartBlock
        {
            Title = "CPU",
            Unit = Unit.Cores,
            Series =
            [
                new("process", Points(i => Math.Round(1.2 + (0.5 * Math.Sin(i / 5.0)) + (i is > 36 and < 44 ? 1.7 : 0) + (i * 7 % 5 * 0.06), 3))),
                new("re-pricing worker", Points(i => i is >= 20 and <= 24 ? null : Math.Round(0.4 + (i is > 36 and < 44 ? 1.5 : 0) + (i * 3 % 4 * 0.05), 3))),
            ],
            Limits = [new("warning", 3.2), new("critical", 3.8, FactTone.Bad)],
        };
        yield return new ChartBlock
        {
            Title = "Memory",
            Unit = Unit.Bytes,
            Series = [new("working set", Points(i => Math.Round((310 + (i * 2.6) + (i % 9 * 3)) * MiB)))],
            Limits = [new("warning", 1024 * MiB)],
        };
    }

    private static ChartPoint[] Points(Func<int, double?> value) =>
        [.. Enumerable.Range(0, 60).Select(i => new ChartPoint(TimeSpan.FromSeconds(i), value(i)))];
}

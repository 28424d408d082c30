namespace PerfKit.WebBenchmark;

/// <summary>The sites beside one another, over all generations.</summary>
internal sealed class Comparison(IReadOnlyList<Generation> generations)
{
    // A site that leaves its core idle waits for its customers, and what it costs does not show in what it serves.
    private const double Saturated = 0.9;

    public void Tell()
    {
        Print.Line($"{generations.Count} times all sites anew; medians, and in brackets {(generations.Count < 8 ? "the least and the greatest" : "the second least and the second greatest")} of them; {generations.Sum(generation => generation.Told.Count)} of {generations.Sum(generation => generation.RoundsRun)} rounds.");
        Print.Table(
            ["site", "requests/s", "p99 us", "CPU us", "busy", "less throughput %", "more p99 %", "more CPU %"],
            Enum.GetValues<Instruments>().Select(instruments => (IReadOnlyList<string>)
            [
                Name(instruments),
                Print.Text($"{Middle(instruments, slice => slice.PerSecond):F0}"),
                Print.Text($"{Middle(instruments, slice => slice.P99):F0}"),
                Print.Text($"{Middle(instruments, slice => slice.Cpu):F2}"),
                Print.Text($"{Middle(instruments, slice => slice.Busy):P0}"),
                .. instruments == Instruments.None
                    ? ["", "", ""]
                    : new[] { LessThroughput(instruments), MoreP99(instruments), MoreCpu(instruments) }.Select(range => range.ToString()),
            ]));
    }

    public IEnumerable<Verdict> Judge()
    {
        bool isSaturated = Enum.GetValues<Instruments>().All(instruments => Middle(instruments, slice => slice.Busy) >= Saturated);
        Range throughput = LessThroughput(Instruments.PerfKit);
        yield return new("PerfKit: less throughput", $"{throughput} %", "at most 1 %", isSaturated ? throughput.IsAtMost(1) : null);
        Range p99 = MoreP99(Instruments.PerfKit);
        yield return new("PerfKit: more p99", $"{p99} %", "at most 3 %", isSaturated ? p99.IsAtMost(3) : null);
    }

    private Range LessThroughput(Instruments instruments) => Of(generation => -generation.Added(instruments, slice => slice.PerSecond));

    private Range MoreP99(Instruments instruments) => Of(generation => generation.Added(instruments, slice => slice.P99));

    private Range MoreCpu(Instruments instruments) => Of(generation => generation.Added(instruments, slice => slice.Cpu));

    private Range Of(Func<Generation, double> part) => Range.Of(generations.Select(generation => part(generation) * 100));

    private double Middle(Instruments instruments, Func<Slice, double> figure) => Generation.Middle(generations.Select(generation => generation.Median(instruments, figure)));

    private static string Name(Instruments instruments) => instruments switch
    {
        Instruments.None => "without",
        Instruments.NoneAgain => "without, once more",
        Instruments.PerfKit => "PerfKit, every default",
        _ => "OpenTelemetry SDK",
    };
}

namespace PerfKit.OverheadBenchmark;

/// <summary>What one operation costs on one thread, beside its limits and its peers.</summary>
internal static class SingleThread
{
    public static IEnumerable<Verdict> Measure(Effort effort)
    {
        Subject empty = new("empty loop", Loops.Empty);
        Subject stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);
        Subject metered = new("OperationMeter", Loops.Metered);
        Subject allocating = new("OperationMeter, with allocated bytes", Loops.MeteredWithAllocation);
        Subject sampled = new("OperationMeter, 1 in 64 timed", Loops.MeteredOneIn64);
        Subject off = new("OperationMeter, switched off among others", Loops.SwitchedOff);
        Subject[] subjects =
        [
            empty, stamps, metered, allocating, sampled, off,
            new("Histogram<double>, MeterListener that adds", Loops.HistogramListened),
            new("Histogram<double>, OpenTelemetry SDK", Loops.HistogramExported),
            new("Activity, listener for all data", Loops.Traced),
        ];

        Rounds rounds = Rounds.Of(subjects, effort);
        Print.Line($"One thread, {rounds.Told}; medians; ratios are formed inside each round.");
        Print.Table(
            ["operation", "ns", "x two stamps", "bytes"],
            subjects.Select(subject => (IReadOnlyList<string>)
            [
                subject.Name, Print.Text($"{rounds.Median(subject):F2}"), Print.Text($"{rounds.Ratio(subject, stamps):F3}"), Print.Text($"{subject.Allocated():F1}"),
            ]));

        double bytes = new[] { metered, allocating, sampled, off }.Max(subject => subject.Allocated());
        return
        [
            AtMost(rounds, "begin and end, with count, sum, greatest and histogram", rounds.Ratio(metered, stamps), 1.15),
            AtMost(rounds, "the same with allocated bytes", rounds.Ratio(allocating, stamps), 1.20),
            AtMost(rounds, "the same, 1 in 64 timed", rounds.Ratio(sampled, stamps), 0.10),
            new("managed bytes an operation", Print.Text($"{bytes:F1}"), "0", bytes == 0) { IsExact = true },
        ];
    }

    private static Verdict AtMost(Rounds rounds, string claim, double ratio, double limit) =>
        new(claim, Print.Text($"{ratio:F3} x two stamps"), Print.Text($"at most {limit:F2}"), rounds.AtMost(ratio, limit));
}

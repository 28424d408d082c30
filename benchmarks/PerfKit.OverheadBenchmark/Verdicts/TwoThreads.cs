namespace PerfKit.OverheadBenchmark;

/// <summary>How two threads do on one meter. On a busy machine nothing is told of either: two
/// threads that take turns do not contend.</summary>
internal static class TwoThreads
{
    public static IEnumerable<Verdict> Measure(Effort effort)
    {
        Subject stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);
        Subject metered = new("OperationMeter", Loops.Metered);
        Subject exported = new("Histogram<double>, OpenTelemetry SDK", Loops.HistogramExported);
        Subject[] subjects = [stamps, metered, exported];
        Subject.WarmUp(subjects, effort.LongSlice);

        var alone = subjects.ToDictionary(subject => subject, _ => new double[effort.LongRounds]);
        var together = subjects.ToDictionary(subject => subject, _ => new double[effort.LongRounds]);
        var share = new CpuShare();
        using (var pair = new ThreadPair())
        {
            for (int round = 0; round < effort.LongRounds; round++)
            {
                foreach (Subject subject in subjects)
                {
                    alone[subject][round] = pair.Run(subject, 1);
                    together[subject][round] = share.Of(2, () => pair.Run(subject, 2));
                }
            }
        }

        double Scaling(Subject subject) => Rounds.Middle(together[subject].Zip(alone[subject], (two, one) => two / one));
        Print.Line($"One and two threads on the same instrument, {effort.LongRounds} rounds; medians. The two got {share.Value:P1} of two cores.");
        Print.Table(
            ["operation", "1 thread M/s", "2 threads M/s", "2 beside 1"],
            subjects.Select(subject => (IReadOnlyList<string>)
            [
                subject.Name, Print.Text($"{Rounds.Middle(alone[subject]) / 1e6:F1}"), Print.Text($"{Rounds.Middle(together[subject]) / 1e6:F1}"), Print.Text($"{Scaling(subject):F2}"),
            ]));

        double scaling = Scaling(metered);
        double lead = Rounds.Middle(together[metered].Zip(together[exported], (ours, theirs) => ours / theirs));
        return
        [
            new("two threads on one meter", Print.Text($"{scaling:F2} x one"), "at least 1.90", Judge(scaling >= 1.9)),
            new("two threads, beside OpenTelemetry's histogram", Print.Text($"{lead:F2} x"), "at least 3.00", Judge(lead >= 3)),
        ];

        bool? Judge(bool holds) => holds ? true : share.IsFree ? false : null; // a busy machine only ever makes it look worse
    }
}

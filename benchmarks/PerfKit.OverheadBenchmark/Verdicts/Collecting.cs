using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>Whether a reader slows a writer, and whether both agree on what happened.</summary>
internal static class Collecting
{
    public static IEnumerable<Verdict> Measure(Effort effort)
    {
        long counted = Loops.Plain.Snapshot().Count;
        long run = 0;
        var subject = new Subject("OperationMeter", iterations =>
        {
            Loops.Metered(iterations);
            run += iterations;
        });
        Subject.WarmUp([subject], effort.LongSlice);

        var ratios = new double[effort.LongRounds];
        var share = new CpuShare();
        var busy = Stopwatch.StartNew();
        using var collector = new Collector(Loops.Plain);
        for (int round = 0; round < ratios.Length; round++)
        {
            bool isFirst = round % 2 == 0;
            double one = Slice(isFirst);
            double other = Slice(!isFirst);
            ratios[round] = isFirst ? one / other : other / one;
        }
        busy.Stop();

        double slowdown = (Rounds.Middle(ratios) - 1) * 100;
        long seen = Loops.Plain.Snapshot().Count - counted;
        Print.Line($"One writer, with and without a collector on another core, {ratios.Length} rounds; median. Both got {share.Value:P1} of the writer's core.");
        Print.Line($"  {collector.Taken} snapshots, {collector.Taken / busy.Elapsed.TotalSeconds * 2:F0} a second while collecting, {collector.Busy.TotalMicroseconds / collector.Taken:F1} us each");
        Console.WriteLine();
        return
        [
            new("a collector at 1 kHz slows a writer by", Print.Text($"{slowdown:F2} %"), "at most 3 %", slowdown <= 3 ? true : share.IsFree ? false : null),
            new("operations seen, of those that ran", Print.Text($"{seen} of {run}"), "all, once", seen == run && !collector.WentBack) { IsExact = true },
        ];

        double Slice(bool isCollecting)
        {
            collector.IsCollecting = isCollecting;
            return share.Of(1, subject.RunSlice);
        }
    }
}

using System.Diagnostics;
using PerfKit.Pinning;

namespace PerfKit.AttributionBenchmark;

/// <summary>What a scope, an await and longer work cost more when a service is charged.</summary>
internal static class Prices
{
    // 120 ns for a scope and 100 ns for an await where two time stamps take 43: machines differ, and so does one from day to day.
    private const double MostForAScope = 120 / 43.0;
    private const double MostForAnAwait = 100 / 43.0;

    private static readonly Subject Stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);

    public static IEnumerable<Verdict> Measure(Effort effort)
    {
        Cores.Pin(0);
        var share = new CpuShare();
        List<Verdict> verdicts = [.. Scopes(effort, share), .. Awaits(effort, share)];
        Lengths(effort);
        Print.Line($"The pinned thread got {share.Value:P0} of the CPU it wanted.");
        Console.WriteLine();
        return verdicts.Select(verdict => share.IsFree || verdict.Holds == true ? verdict : verdict with { Holds = null });
    }

    private static Verdict[] Scopes(Effort effort, CpuShare share)
    {
        Subject floor = new("floor: AsyncLocal with an empty handler, set and reset", Loops.SetAndReset);
        Subject one = new("ServiceContext, entered and left", Loops.Entered);
        Subject turns = new("ServiceContext, 8 services by turns", Loops.EnteredByTurns);
        Subject inside = new("ServiceContext, inside another", Loops.EnteredInside);
        Subject[] subjects = [Stamps, floor, one, turns, inside];
        Rounds rounds = Of(subjects, effort, share);
        Print.Line($"An empty scope, {rounds.Told}; medians; ratios are formed inside each round.");
        Print.Table(
            ["scope", "ns", "x floor", "x two stamps", "bytes"],
            subjects.Select(subject => (IReadOnlyList<string>)
            [
                subject.Name, Print.Text($"{rounds.Median(subject):F1}"), Print.Text($"{rounds.Ratio(subject, floor):F2}"),
                Print.Text($"{rounds.Ratio(subject, Stamps):F2}"), Print.Text($"{subject.Allocated():F0}"),
            ]));
        return
        [
            AtMost(rounds, "a scope", rounds.Median(one), rounds.Ratio(one, Stamps), MostForAScope),
            AtMost(rounds, "a scope, 8 services by turns", rounds.Median(turns), rounds.Ratio(turns, Stamps), MostForAScope),
        ];
    }

    private static Verdict[] Awaits(Effort effort, CpuShare share)
    {
        Subject plain = new("await that suspends", Loops.Awaited);
        Subject floor = new("floor: AsyncLocal with an empty handler", Loops.AwaitedAtFloor);
        Subject context = new("ServiceContext", Loops.AwaitedInContext);
        Subject[] subjects = [plain, floor, context];
        Rounds rounds = Of([Stamps, .. subjects], effort, share);
        double listened, events;
        using (var listening = new TaskListening())
        {
            Rounds under = Of([plain], effort, share);
            listened = under.Median(plain);
            long before = listening.Count;
            plain.Run(1_000);
            events = (listening.Count - before) / 1_000.0;
        }
        Print.Line($"An await, off its thread and on again, {rounds.Told}; medians; differences are formed inside each round, but for the listener's.");
        Print.Table(
            ["await", "ns", "added ns"],
            [
                .. subjects.Select(subject => (IReadOnlyList<string>)[subject.Name, Print.Text($"{rounds.Median(subject):F1}"), Print.Text($"{rounds.Difference(subject, plain):F1}")]),
                [Print.Text($"EventListener on TplEventSource, {events:F1} events"), Print.Text($"{listened:F1}"), Print.Text($"{listened - rounds.Median(plain):F1}")],
            ]);
        double added = rounds.Difference(context, plain);
        return [AtMost(rounds, "an await, beyond one without attribution", added, added / rounds.Median(Stamps), MostForAnAwait)];
    }

    // Where a slice is long enough for the thread's CPU clock, and for the kernel's files: shown, not judged.
    private static void Lengths(Effort effort)
    {
        Print.Line($"Work in a scope, by its length; medians; differences are formed inside each round.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (int steps in new[] { 1_000, 4_000, 20_000, 400_000 })
        {
            Action<int> plain = Loops.Worked(steps), context = Loops.WorkedInContext(steps);
            int times = Math.Max(4, 2_000_000 / steps);
            var pairs = new List<(double Plain, double Context)>();
            for (int round = 0; round < effort.Rounds / 2; round++)
                pairs.Add((Time(plain, times), Time(context, times)));
            double added = Rounds.Middle(pairs.Select(pair => pair.Context - pair.Plain)), alone = Rounds.Middle(pairs.Select(pair => pair.Plain));
            rows.Add([Print.Text($"{alone / 1e3:F1} us"), Print.Text($"{added:F0}"), Print.Text($"{added / alone:P2}")]);
        }
        Print.Table(["work", "added ns", "added"], rows);
    }

    // Warmed up first: the warm-up rests in between, and wants no CPU then.
    private static Rounds Of(Subject[] subjects, Effort effort, CpuShare share)
    {
        Subject.WarmUp(subjects, effort.Slice);
        return share.Of(1, () => Rounds.Of(subjects, effort));
    }

    private static double Time(Action<int> run, int times)
    {
        long before = Stopwatch.GetTimestamp();
        run(times);
        return Stopwatch.GetElapsedTime(before).TotalNanoseconds / times;
    }

    private static Verdict AtMost(Rounds rounds, string claim, double nanoseconds, double ratio, double limit) => new(
        claim, Print.Text($"{ratio:F2} x two stamps ({nanoseconds:F0} ns)"), Print.Text($"at most {limit:F2} ({limit * 43:F0} ns)"), rounds.AtMost(ratio, limit));
}

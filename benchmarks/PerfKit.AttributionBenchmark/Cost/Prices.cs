namespace PerfKit.AttributionBenchmark;

/// <summary>What a scope, an await and longer work cost more when a service is charged.</summary>
internal static class Prices
{
    private const double MostForAScope = 120;
    private const double MostForAnAwait = 100;

    public static IEnumerable<Verdict> Measure(Effort effort)
    {
        Pinning.Pin(0);
        var share = new CpuShare();
        List<Verdict> verdicts = [.. share.Of(1, () => Scopes(effort)), .. share.Of(1, () => Awaits(effort))];
        share.Of(1, () => Lengths(effort));
        Print.Line($"The pinned thread got {share.Value:P0} of the CPU it wanted.");
        Console.WriteLine();
        return verdicts.Select(verdict => share.IsFree || verdict.Holds == true ? verdict : verdict with { Holds = null });
    }

    private static Verdict[] Scopes(Effort effort)
    {
        Subject stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);
        Subject floor = new("floor: AsyncLocal with an empty handler, set and reset", Loops.SetAndReset);
        Subject one = new("ServiceContext, entered and left", Loops.Entered);
        Subject turns = new("ServiceContext, 8 services by turns", Loops.EnteredByTurns);
        Subject inside = new("ServiceContext, inside another", Loops.EnteredInside);
        Subject[] subjects = [stamps, floor, one, turns, inside];
        Rounds rounds = Rounds.Of(subjects, effort);
        Print.Line($"An empty scope, {effort.Rounds} rounds; medians; ratios are formed inside each round.");
        Print.Table(
            ["scope", "ns", "x floor", "x two stamps", "bytes"],
            subjects.Select(subject => (IReadOnlyList<string>)
            [
                subject.Name, Print.Text($"{rounds.Median(subject):F1}"), Print.Text($"{rounds.Ratio(subject, floor):F2}"),
                Print.Text($"{rounds.Ratio(subject, stamps):F2}"), Print.Text($"{subject.Allocated():F0}"),
            ]));
        return
        [
            AtMost("a scope", rounds.Median(one), MostForAScope),
            AtMost("a scope, 8 services by turns", rounds.Median(turns), MostForAScope),
            AtMost("a scope inside another", rounds.Median(inside), MostForAScope),
        ];
    }

    private static Verdict[] Awaits(Effort effort)
    {
        Subject plain = new("await that suspends", Loops.Awaited);
        Subject floor = new("floor: AsyncLocal with an empty handler", Loops.AwaitedAtFloor);
        Subject context = new("ServiceContext", Loops.AwaitedInContext);
        Subject[] subjects = [plain, floor, context];
        Rounds rounds = Rounds.Of(subjects, effort);
        double listened, events;
        using (var listening = new TaskListening())
        {
            Rounds under = Rounds.Of([plain], effort);
            listened = under.Median(plain);
            long before = listening.Count;
            plain.Run(1_000);
            events = (listening.Count - before) / 1_000.0;
        }
        Print.Line($"An await, off its thread and on again, {effort.Rounds} rounds; medians; differences are formed inside each round, but for the listener's.");
        Print.Table(
            ["await", "ns", "added ns"],
            [
                .. subjects.Select(subject => (IReadOnlyList<string>)[subject.Name, Print.Text($"{rounds.Median(subject):F1}"), Print.Text($"{rounds.Difference(subject, plain):F1}")]),
                [Print.Text($"EventListener on TplEventSource, {events:F1} events"), Print.Text($"{listened:F1}"), Print.Text($"{listened - rounds.Median(plain):F1}")],
            ]);
        return [AtMost("an await, beyond one without attribution", rounds.Difference(context, plain), MostForAnAwait)];
    }

    // Where a slice is long enough for the thread's CPU clock, and for the kernel's files: shown, not judged.
    private static bool Lengths(Effort effort)
    {
        Print.Line($"Work in a scope, by its length; medians; differences are formed inside each round.");
        var rows = new List<IReadOnlyList<string>>();
        foreach (int steps in new[] { 1_000, 4_000, 20_000, 400_000 })
        {
            Subject plain = new("plain", Loops.Worked(steps)), context = new("context", Loops.WorkedInContext(steps));
            Rounds rounds = Rounds.Of([plain, context], effort);
            rows.Add([Print.Text($"{rounds.Median(plain) / 1e3:F1} us"), Print.Text($"{rounds.Difference(context, plain):F0}"), Print.Text($"{rounds.Ratio(context, plain) - 1:P2}")]);
        }
        Print.Table(["work", "added ns", "added"], rows);
        return true;
    }

    private static Verdict AtMost(string claim, double nanoseconds, double limit) =>
        new(claim, Print.Text($"{nanoseconds:F0} ns"), Print.Text($"at most {limit:F0} ns"), nanoseconds <= limit);
}

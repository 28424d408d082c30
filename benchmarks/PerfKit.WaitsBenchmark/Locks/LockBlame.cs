using System.Collections.Concurrent;
using System.Diagnostics;

namespace PerfKit.WaitsBenchmark;

/// <summary>Is the culprit of each lock wait over 20 ms named rightly? A wait that was not heard of is not.</summary>
internal static class LockBlame
{
    private const double Limit = 0.95;

    // Of two culprits with nearly equal parts, each is right.
    private const double NearlyEqual = 0.9;

    private static readonly long Least = Stopwatch.Frequency / 50;

    public static Verdict Measure(int seed, int rounds, bool showsMisses)
    {
        Console.WriteLine("Lock waits over 20 ms: who was to blame, by the programs' own logs and by PerfKit");
        var programs = new LockPrograms(seed);
        int all = 0, right = 0;
        var rows = new List<IReadOnlyList<string>>();
        foreach ((string name, Action<LockLog, int> run) in programs.All)
        {
            (int waits, int heard, int named, IReadOnlyList<string> misses) = Judge(run, rounds);
            foreach (string miss in showsMisses ? misses : [])
                Console.WriteLine($"  {name}: {miss}");
            (all, right) = (all + waits, right + named);
            rows.Add([name, $"{waits}", $"{heard}", $"{named}", Share(named, waits)]);
        }
        Print.Table(["program", "waits", "heard", "rightly named", "share"], rows);
        return new Verdict("culprit named rightly, of lock waits over 20 ms", $"{Share(right, all)} of {all}", $"at least {Limit:P0}", all > 0 && right >= Limit * all) { IsExact = true };
    }

    private static (int Waits, int Heard, int Named, IReadOnlyList<string> Misses) Judge(Action<LockLog, int> run, int rounds)
    {
        var told = new ConcurrentQueue<(string Victim, string Culprit, long From, long Until)>();
        var log = new LockLog();
        WaitWatch.Shared.Blamed += Hear;
        using (WaitWatch.Shared.Observe(isAsking: true))
        {
            run(log, rounds);
            Thread.Sleep(100); // the last events
        }
        WaitWatch.Shared.Blamed -= Hear;

        int waits = 0, heard = 0, named = 0;
        var misses = new List<string>();
        foreach (LockTime wait in log.Waits.Where(wait => wait.Until - wait.From > Least))
        {
            waits++;
            string? culprit = told.Where(other => other.Victim == wait.Service && Overlap(other.From, other.Until, wait) > (wait.Until - wait.From) / 2)
                .Select(other => other.Culprit).FirstOrDefault();
            IReadOnlyDictionary<string, long> truth = log.CulpritsOf(wait);
            heard += culprit is null ? 0 : 1;
            if (culprit is not null && truth.TryGetValue(culprit, out long part) && part >= NearlyEqual * truth.Values.Max())
                named++;
            else
                misses.Add($"{wait.Service} waited {Milliseconds(wait.Until - wait.From)} for {string.Join(", ", truth.Select(one => $"{one.Key} {Milliseconds(one.Value)}"))}; named: {culprit ?? "nothing, not heard"}");
        }
        return (waits, heard, named, misses);

        void Hear(BlamedWait wait) => told.Enqueue((wait.VictimName, wait.MainCulprit, wait.From, wait.Until));
    }

    private static string Milliseconds(long ticks) => Print.Text($"{Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds:0.0} ms");

    private static long Overlap(long from, long until, LockTime wait) => Math.Min(until, wait.Until) - Math.Max(from, wait.From);

    private static string Share(int part, int all) => Print.Text($"{100.0 * part / Math.Max(1, all):0.0} %");
}

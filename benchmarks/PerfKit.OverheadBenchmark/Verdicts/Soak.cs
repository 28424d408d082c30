using System.Globalization;
using PerfKit.Instrumentation;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// Very many operations under very many names, on threads that come and go, each name also a service: is everything counted, and
/// does memory stay bounded?
/// </summary>
internal static class Soak
{
    private const int Threads = 4;
    private const int OperationsPerName = 100;
    private const int FailEvery = 10;

    // Where it is looked at again whether memory still grows.
    private const int Looks = 10;

    // What the documentation says of 16,384 threads' counters whose durations are what they are here: some 1.5 kB each.
    private const double Limit = 64;

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        int names = isShort ? 20_000 : 1_000_000, generations = isShort ? 20 : 400;
        int perThread = names / generations / Threads;
        double before = Megabytes();
        var kept = new double[Looks];
        for (int generation = 0; generation < generations; generation++)
        {
            int first = generation * Threads * perThread;
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(index => new Thread(() => Work(first + (index * perThread), perThread)))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            if ((generation + 1) % (generations / Looks) == 0)
                kept[((generation + 1) / (generations / Looks)) - 1] = Megabytes() - before;
        }

        List<OperationSnapshot> operations = [.. OperationMeter.All.Select(meter => meter.Snapshot())];
        UsageSnapshot services = UsageSnapshot.Take();
        long expected = (long)names * OperationsPerName;
        Print.Line($"{expected} operations under {names} names, on {generations * Threads} threads, {Threads} at once, which end.");
        Print.Line($"  kept after each tenth: {string.Join(", ", kept.Select(megabytes => megabytes.ToString("F1", CultureInfo.InvariantCulture)))} MB; names {OperationMeter.All.Count}, services {services.Services.Count}");
        Console.WriteLine();
        List<Verdict> verdicts =
        [
            Counted("operations counted", operations.Sum(operation => operation.Count), expected),
            Counted("operations timed", operations.Sum(operation => operation.Latency.Count), expected),
            Counted("failures counted", operations.Sum(operation => operation.FailedCount), expected / FailEvery),
            Counted("names that found the book full", OperationMeter.OverflowedNames, names - (operations.Count - 1)),
            Counted("service contexts counted", services.Services.Sum(service => service.Entries), names),
            new("managed memory kept", Print.Text($"{kept.Max():F1} MB at most"), Print.Text($"at most {Limit:F0} MB"), kept.Max() <= Limit) { IsExact = true },
        ];
        // A short run ends before all the counters that there may be are made.
        if (!isShort)
        {
            double added = kept[(Looks / 2)..].Max() - kept[..(Looks / 2)].Max();
            verdicts.Add(new("the second half adds to the most of the first", Print.Text($"{added:F1} MB"), "at most 1 MB", added <= 1) { IsExact = true });
        }
        return verdicts;
    }

    private static Verdict Counted(string claim, long seen, long expected) =>
        new(claim, Print.Text($"{seen} of {expected}"), "all, once", seen == expected) { IsExact = true };

    // Half of the operations of each name are its own, half are those of meters that exist, so that every thread uses all of them.
    private static void Work(int first, int count)
    {
        IReadOnlyList<OperationMeter> known = OperationMeter.All;
        int next = first;
        for (int i = first; i < first + count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"operation {i}");
            using ServiceContext service = ServiceContext.Enter(name);
            OperationMeter own = OperationMeter.Create(name);
            for (int operation = 0; operation < OperationsPerName; operation++)
            {
                OperationMeter meter = operation % 2 == 0 || known.Count == 0 ? own : known[next++ % known.Count];
                using OperationScope scope = meter.Measure();
                if (operation % FailEvery == 0)
                    scope.Fail();
            }
        }
    }

    // After a look at the figures, as there is every second where they are collected: it takes over what ended threads have counted. How many of these wait
    // for it is chance, within the bound, and tells nothing of growth.
    private static double Megabytes()
    {
        foreach (OperationMeter meter in OperationMeter.All)
            meter.Snapshot();
        UsageSnapshot.Take();
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }
}

using PerfKit.Instrumentation;

namespace PerfKit.StartupAccuracy;

/// <summary>Phases of known make-up: whether the injected part dominates in each, and whether the parts add up.</summary>
internal static class MakeupAccuracy
{
    // The framework has some 160 that this program does not use.
    private const int AssembliesInRound = 18;

    private static readonly (string Name, Func<StartupComposition, TimeSpan?> Of)[] Parts =
    [
        ("CPU", makeup => makeup.Cpu), ("JIT", makeup => makeup.Jit), ("assembly loading", makeup => makeup.AssemblyLoading),
        ("GC", makeup => makeup.GcPause), ("blocked", makeup => makeup.Blocked), ("awaiting", makeup => makeup.Awaiting),
    ];

    public static async Task<IEnumerable<Verdict>> MeasureAsync(int rounds)
    {
        using IDisposable timing = StartupTracker.TimeAssemblyLoads();
        InjectedWork.Fill();
        TimeSpan time = TimeSpan.FromMilliseconds(40);
        (string Name, string Part, Func<Task> Work)[] phases =
        [
            ("a loop", "CPU", Sync(() => CpuClock.Burn(time))),
            ("long new methods", "JIT", Sync(InjectedWork.Compile)),
            ("new assemblies", "assembly loading", () => Task.CompletedTask), // found before the scope begins
            ("forced collections", "GC", Sync(InjectedWork.Collect)),
            ("a wait for an event", "blocked", Sync(() => InjectedWork.Wait(time))),
            ("a lock", "blocked", Sync(() => InjectedWork.WaitForLock(time))),
            ("a timer", "awaiting", () => Task.Delay(time)),
        ];
        var makeups = phases.ToDictionary(phase => phase.Name, _ => new List<StartupComposition>());
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((string name, _, Func<Task> work) in phases)
            {
                string[] assemblies = name == "new assemblies" ? InjectedWork.NewAssemblies(AssembliesInRound) : [];
                var tracker = new StartupTracker();
                using (tracker.Begin(name))
                {
                    if (assemblies.Length > 0)
                        InjectedWork.Load(assemblies);
                    else
                        await work();
                }
                // Times of loads arrive a little later than the loads.
                if (assemblies.Length > 0)
                    SpinWait.SpinUntil(() => tracker.Snapshot().Records[0].AssemblyLoads.All(load => load.Duration is not null), TimeSpan.FromSeconds(10));
                if (round > 0)
                    makeups[name].Add(tracker.Snapshot().Records[0].Self ?? new StartupComposition());
            }
        }

        Print.Line($"Phases of one thing each, {rounds} rounds; medians in ms.");
        Print.Table(
            ["phase", "wall", .. Parts.Select(part => part.Name), "queued", "sum beside wall"],
            phases.Select(phase => (IReadOnlyList<string>)
            [
                phase.Name,
                Milliseconds(makeups[phase.Name], makeup => makeup.Wall),
                .. Parts.Select(part => Milliseconds(makeups[phase.Name], part.Of)),
                Milliseconds(makeups[phase.Name], makeup => makeup.QueuedForCpu),
                Print.Text($"{Gap(makeups[phase.Name]):P2}"),
            ]));
        double worst = makeups.Values.Max(Gap);
        string[] wrong = [.. phases.Where(phase => Dominant(makeups[phase.Name]) != phase.Part).Select(phase => phase.Name)];
        return
        [
            new("parts add up to the wall time, worst phase", Print.Text($"{worst:P2}"), "at most 2 %", worst <= 0.02) { IsExact = true },
            new("phases in which the injected part dominates", Print.Text($"{phases.Length - wrong.Length} of {phases.Length}{(wrong.Length > 0 ? ", not: " : "")}{string.Join(", ", wrong)}"), "all", wrong.Length == 0),
        ];
    }

    private static Func<Task> Sync(Action work) => () => { work(); return Task.CompletedTask; };

    private static Func<Task> Sync(Func<TimeSpan> work) => () => { work(); return Task.CompletedTask; };

    private static double Gap(List<StartupComposition> makeups) =>
        Middle(makeups.Select(makeup => Math.Abs((makeup.SumOfParts() / makeup.Wall) - 1)));

    private static string Dominant(List<StartupComposition> makeups) =>
        Parts.MaxBy(part => Middle(makeups.Select(makeup => (part.Of(makeup) ?? TimeSpan.Zero) / makeup.Wall))).Name;

    private static string Milliseconds(List<StartupComposition> makeups, Func<StartupComposition, TimeSpan?> part) =>
        makeups.Exists(makeup => part(makeup) is null) ? "?" : Print.Text($"{Middle(makeups.Select(makeup => part(makeup)!.Value.TotalMilliseconds)):F1}");

    internal static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>Advice to shorten a service that start-up has to wait for, by what its time was made of.</summary>
internal static class TrimAdvice
{
    // A part that is half of the time is the one to begin with; below that no single one explains it.
    private const double MainShare = 0.5;

    public static Recommendation Of(StartupView view, StartupService service)
    {
        StartupComposition? made = service.Self;
        Part? main = Parts(made).Where(part => part.Time >= made!.Wall * MainShare).MaxBy(part => part.Time);
        double share = main is null ? 1 : Math.Min(1, main.Time / made!.Wall);
        double most = view.WhatIf.Speed(service.Name, share * 100).Saving.TotalSeconds;
        List<Evidence> evidence =
        [
            new Evidence($"own time on the critical path: {service.Name}", view.Path.TimeOf(service.Name).TotalSeconds, MeasureUnit.Seconds),
            .. Parts(made).Where(part => part.Time >= made!.Wall / 10).OrderByDescending(part => part.Time)
                .Select(part => new Evidence($"of its own time: {part.Name}", part.Time.TotalSeconds, MeasureUnit.Seconds)),
        ];
        return new Recommendation
        {
            Rule = Rule.StartupSlow,
            Service = service.Name,
            Title = main is null ? $"Shorten {service.Name}{Why(service)}" : $"Shorten {service.Name}: {Text.Percent(share)} of its own time is {main.Name}",
            Actions = [.. main?.Actions ?? [FirstStep(service, view.Startup)], .. main is null ? General : []],
            Effort = Effort.High,
            Saving = new PredictedSaving(0, most, MeasureUnit.Seconds, "start-up time"),
            Basis = main is null
                ? $"Start-up replayed with no work of its own is {Text.Seconds(most)} shorter: the most that can be won. How much of that can go, the figures do not tell."
                : $"Start-up replayed without the {main.Name} of {service.Name} is {Text.Seconds(most)} shorter: the most that can be won there. How much of that can go, the figures do not tell.",
            Verification = "Audit start-up again and compare the service's own time and the total.",
            Evidence = evidence,
            Changes = [StartupChange.Speed(service.Name, share * 100)],
        };
    }

    private static readonly string[] General =
    [
        "Do less before ready: keep what a first request needs, and move the rest behind it.",
        "Keep results between starts where the input has not changed.",
    ];

    private static string Why(StartupService service) => service.Type == ServiceType.Essential ? ": it is essential and cannot wait" : "";

    private static IEnumerable<Part> Parts(StartupComposition? made)
    {
        if (made is null || made.Wall <= TimeSpan.Zero)
            yield break;
        if (made.Jit is { } jit)
        {
            yield return new Part("JIT compilation", jit,
            [
                "Publish with PublishReadyToRun, so that its code and that of its libraries comes compiled.",
                "Replace reflection, compiled expressions and run-time code generation in it with source generators (JSON, logging, regular expressions).",
                made.JitMethods is int methods ? $"Touch less code before ready: it compiled {Text.Count(methods)} methods." : "Touch less code before ready.",
            ]);
        }
        if (made.AssemblyLoading is { } loading)
        {
            yield return new Part("assembly loading", loading,
            [
                made.AssembliesLoaded is int loaded ? $"See which of the {Text.Count(loaded)} assemblies it loads are needed before ready; its records name them." : "See which of the assemblies it loads are needed before ready; its records name them.",
                "Keep types of libraries that are needed later out of methods that run at start: a method loads what it mentions.",
                "Publish trimmed, or as a single file with ReadyToRun, so that less is looked for and loaded.",
            ]);
        }
        if (made.GcPause is { } pause)
        {
            yield return new Part("garbage collection", pause,
            [
                made.AllocatedBytes is long bytes ? $"Allocate less at start: it allocated {Text.Bytes(bytes)}. Stream instead of reading whole files, reuse buffers, size collections at once." : "Allocate less at start: stream instead of reading whole files, reuse buffers, size collections at once.",
                "Give generation 0 a larger budget (System.GC.Gen0Size), or choose concurrent or server collection, and measure.",
            ]);
        }
        if (made.Blocked is { } blocked)
        {
            yield return new Part("waiting on a blocked thread", blocked,
            [
                "Find what it waits for: a lock, synchronous I/O, .Result, a sleep.",
                "Await it instead, and let other services start meanwhile.",
                "Ask for it earlier, so that it is there when it is needed.",
            ]);
        }
        if (made.Awaiting is { } awaiting)
        {
            yield return new Part("awaiting", awaiting,
            [
                "Begin the call earlier, or let other services start while it runs.",
                "Run calls that do not need each other together instead of one after the other.",
                "Keep the answer between starts where it seldom changes.",
            ]);
        }
        if (made.QueuedForCpu is { } queued)
        {
            yield return new Part("waiting for a CPU", queued,
            [
                "More wanted to run than there were cores: give the process more CPU at start, or start less at the same time.",
                "Look for background work of the process, or of its machine, that begins with it.",
            ]);
        }
        if (made.Cpu is { } cpu)
            yield return new Part("computing", cpu, ["Profile it: its time is spent running.", .. General]);
    }

    private static string FirstStep(StartupService service, StartupSnapshot startup)
    {
        StartupDependency? longest = startup.Records.Where(record => record.Name == service.Name)
            .SelectMany(record => record.Dependencies).Where(dependency => dependency.Duration is not null).MaxBy(dependency => dependency.Duration);
        return longest is not null && longest.Duration >= service.SelfDuration / 4
            ? $"Begin with its longest step: {longest.Name}, {Text.Seconds(longest.Duration.Value.TotalSeconds)} of {Text.Seconds(service.SelfDuration.TotalSeconds)}."
            : $"Time the steps inside {service.Name} with BeginDependency, to see which of them is long.";
    }

    private sealed record Part(string Name, TimeSpan Time, string[] Actions);
}

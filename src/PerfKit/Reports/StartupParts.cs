using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>What a stretch of start-up was made of, in the words of a document.</summary>
internal static class StartupParts
{
    private const int MostAssemblies = 3;

    /// <summary>The known parts, those a thread ran first, then those it waited in.</summary>
    public static TimelinePart[] Of(StartupComposition made) => new (TimelinePartKind Kind, string Label, TimeSpan? Time)[]
    {
        (TimelinePartKind.Cpu, "CPU", made.Cpu),
        (TimelinePartKind.Jit, "JIT", made.Jit),
        (TimelinePartKind.AssemblyLoading, "assembly loading", made.AssemblyLoading),
        (TimelinePartKind.GarbageCollection, "GC", made.GcPause),
        (TimelinePartKind.Queued, "queued for CPU", made.QueuedForCpu),
        (TimelinePartKind.Blocked, "blocked", made.Blocked),
        (TimelinePartKind.Awaiting, "awaiting", made.Awaiting),
        (TimelinePartKind.Other, "not known", made.Unknown),
    }.Where(part => part.Time > TimeSpan.Zero).Select(part => new TimelinePart(part.Kind, part.Label, part.Time!.Value)).ToArray();

    public static IEnumerable<ReportFact> Facts(StartupComposition made, IReadOnlyList<AssemblyLoad> loads)
    {
        if (made.Overlapping > TimeSpan.Zero)
            yield return new ReportFact("done at once", DocumentParts.Seconds(made.Overlapping), "so the parts are longer than the whole");
        if (made.AllocatedBytes is long bytes)
            yield return new ReportFact("allocated", DocumentParts.Bytes(bytes));
        if (made.JitMethods is > 0)
            yield return new ReportFact("methods compiled", DocumentParts.Count(made.JitMethods));
        if (made.AssembliesLoaded is > 0)
            yield return new ReportFact("assemblies loaded", DocumentParts.Count(made.AssembliesLoaded), Names(loads));
        if (made.GcCollections is > 0)
            yield return new ReportFact("garbage collections", DocumentParts.Count(made.GcCollections));
    }

    /// <summary>The parts as words, the longest first, without those that hardly count; <c>null</c> when none is known.</summary>
    public static string? Words(StartupComposition? made)
    {
        if (made is null)
            return null;
        TimelinePart[] parts = Of(made);
        double sum = parts.Sum(part => part.Duration.TotalSeconds);
        return string.Join(", ", parts.Where(part => part.Duration.TotalSeconds >= sum / 100)
            .OrderByDescending(part => part.Duration).Select(part => $"{part.Label} {DocumentParts.Seconds(part.Duration)}"));
    }

    private static string? Names(IReadOnlyList<AssemblyLoad> loads) => loads.Count == 0 ? null
        : string.Join(", ", loads.Take(MostAssemblies).Select(load => load.Name)) + (loads.Count > MostAssemblies ? " …" : "");
}

using PerfKit.Sampling;

namespace PerfKit.Analysis;

/// <summary>How much memory was held at an instant.</summary>
/// <param name="Seconds">Since the window began.</param>
/// <param name="Bytes">How much.</param>
internal readonly record struct HeapLevel(double Seconds, double Bytes);

/// <summary>Levels of memory over the samples of a window.</summary>
internal static class HeapLevels
{
    /// <summary>What each full collection left. The first of the window may be of one long before, and is left out.</summary>
    public static List<HeapLevel> AfterFullCollections(IReadOnlyList<ResourceSample> samples)
    {
        var levels = new List<HeapLevel>();
        double seconds = 0;
        long? before = null;
        foreach (ResourceSample sample in samples)
        {
            seconds += Seconds(sample);
            if (sample.LiveHeapBytes is not long live || live == before)
                continue;
            if (before is not null)
                levels.Add(new HeapLevel(seconds, live));
            before = live;
        }
        return levels;
    }

    /// <summary>
    /// The objects that have outlived two collections, as each collection of any kind left them: live ones, and garbage that waits for
    /// a full one.
    /// </summary>
    public static List<HeapLevel> OldObjects(IReadOnlyList<ResourceSample> samples)
    {
        var levels = new List<HeapLevel>();
        double seconds = 0;
        HeapGenerations? before = null;
        foreach (ResourceSample sample in samples)
        {
            seconds += Seconds(sample);
            if (sample.Generations is not { } heap || heap == before)
                continue;
            before = heap;
            levels.Add(new HeapLevel(seconds, Math.Max(0, heap.Gen2Bytes + heap.LargeObjectBytes + heap.PinnedObjectBytes - heap.FragmentedBytes)));
        }
        return levels;
    }

    /// <summary>The working set without the managed heap. Until a collection tells what the heap takes, it takes what was allocated.</summary>
    public static List<HeapLevel> OutsideHeap(IReadOnlyList<ResourceSample> samples)
    {
        var levels = new List<HeapLevel>();
        double seconds = 0;
        foreach (ResourceSample sample in samples)
        {
            seconds += Seconds(sample);
            if (sample is { WorkingSetBytes: long workingSet, ManagedHeapBytes: long heap })
                levels.Add(new HeapLevel(seconds, workingSet - Math.Max(sample.Generations?.CommittedBytes ?? 0, heap)));
        }
        return levels;
    }

    private static double Seconds(ResourceSample sample) => (sample.Interval ?? TimeSpan.Zero).TotalSeconds;
}

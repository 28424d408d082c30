namespace PerfKit.Sampling;

/// <summary>Reads what the collector found: generations after the last collection, and what survived the last one of generation 2.</summary>
/// <remarks>Asking the collector allocates a few hundred bytes, so it is asked only after it has collected.</remarks>
internal sealed class HeapReader : IResourceReader
{
    private int _collections;
    private int _fullCollections;
    private long _lastFullIndex;
    private bool _awaitsFull;
    private HeapGenerations? _generations;
    private long? _liveBytes;

    public void Read(ref ResourceReading reading)
    {
        int collections = GC.CollectionCount(0); // those of higher generations count here too
        if (collections != _collections || _awaitsFull)
        {
            _collections = collections;
            int fullCollections = GC.CollectionCount(2);
            // A background collection is counted when it begins, and described when it has ended.
            _awaitsFull |= fullCollections != _fullCollections;
            _fullCollections = fullCollections;
            Describe();
        }

        reading.Generations = _generations;
        reading.LiveHeapBytes = _liveBytes;
    }

    public void Dispose()
    {
    }

    private void Describe()
    {
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        if (last.Index == 0) return; // none has ended yet

        ReadOnlySpan<GCGenerationInfo> generations = last.GenerationInfo;
        if (generations.Length >= 5)
        {
            _generations = new HeapGenerations(
                generations[0].SizeAfterBytes, generations[1].SizeAfterBytes, generations[2].SizeAfterBytes,
                generations[3].SizeAfterBytes, generations[4].SizeAfterBytes, last.FragmentedBytes, last.TotalCommittedBytes);
        }

        if (!_awaitsFull) return;
        GCMemoryInfo full = Later(GC.GetGCMemoryInfo(GCKind.FullBlocking), GC.GetGCMemoryInfo(GCKind.Background));
        if (full.Index <= _lastFullIndex) return;
        _awaitsFull = false;
        _lastFullIndex = full.Index;
        _liveBytes = Math.Max(0, full.HeapSizeBytes - full.FragmentedBytes);
    }

    private static GCMemoryInfo Later(GCMemoryInfo one, GCMemoryInfo other) => one.Index >= other.Index ? one : other;
}

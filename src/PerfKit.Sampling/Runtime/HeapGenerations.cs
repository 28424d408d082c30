namespace PerfKit.Sampling;

/// <summary>The managed heap as the last garbage collection left it, in bytes. Immutable.</summary>
/// <param name="Gen0Bytes">Generation 0.</param>
/// <param name="Gen1Bytes">Generation 1.</param>
/// <param name="Gen2Bytes">Generation 2.</param>
/// <param name="LargeObjectBytes">The large object heap.</param>
/// <param name="PinnedObjectBytes">The pinned object heap.</param>
/// <param name="FragmentedBytes">Free space between the objects of all of them; it is in their sizes.</param>
/// <param name="CommittedBytes">What the collector holds of the system for all of it.</param>
public readonly record struct HeapGenerations(
    long Gen0Bytes, long Gen1Bytes, long Gen2Bytes, long LargeObjectBytes, long PinnedObjectBytes, long FragmentedBytes, long CommittedBytes);

using System.Runtime.InteropServices;

namespace PerfKit.Statistics;

/// <summary>A recorder's other figures, with a cache line of room on both sides, so that the recorders of two threads never share one.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64 + 32 + 64)]
internal struct PaddedFigures
{
    [FieldOffset(64)]
    public long Sum;

    [FieldOffset(72)]
    public long Minimum;

    [FieldOffset(80)]
    public long Maximum;

    /// <summary>The first bucket that has a counter; the writer's copy.</summary>
    [FieldOffset(88)]
    public int First;
}

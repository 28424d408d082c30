namespace PerfKit.Instrumentation;

/// <summary>What one service used on one thread, or on all; times in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
internal sealed class Charge
{
    public long OnThread;
    public long Cpu;
    public long QueuedForCpu;
    public long BlockedOnPool;
    public long UnsureOnPool;
    public long AllocatedBytes;
    public long IoReadBytes;
    public long IoWrittenBytes;
    public long IoOperations;

    /// <summary>Adds another charge, whose owner may be writing: each figure is read whole, not all at one instant.</summary>
    public void Add(Charge other)
    {
        OnThread += Volatile.Read(ref other.OnThread);
        Cpu += Volatile.Read(ref other.Cpu);
        QueuedForCpu += Volatile.Read(ref other.QueuedForCpu);
        BlockedOnPool += Volatile.Read(ref other.BlockedOnPool);
        UnsureOnPool += Volatile.Read(ref other.UnsureOnPool);
        AllocatedBytes += Volatile.Read(ref other.AllocatedBytes);
        IoReadBytes += Volatile.Read(ref other.IoReadBytes);
        IoWrittenBytes += Volatile.Read(ref other.IoWrittenBytes);
        IoOperations += Volatile.Read(ref other.IoOperations);
    }
}

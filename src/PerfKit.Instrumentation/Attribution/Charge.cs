namespace PerfKit.Instrumentation;

/// <summary>What one service used on one path, on one thread or on all; times in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
internal sealed class Charge
{
    public long Entries;
    public long OnThread;
    public long Cpu;
    public long QueuedForCpu;
    public long BlockedOnPool;
    public long UnsureOnPool;
    public long Awaiting;
    public long AllocatedBytes;
    public long IoReadBytes;
    public long IoWrittenBytes;
    public long IoOperations;

    /// <summary>How far <see cref="Cpu"/> may be off, as far as the CPU clock has settled it.</summary>
    public long CpuError;

    /// <summary>The part of <see cref="Cpu"/> that was taken for granted since the thread's CPU clock was read last.</summary>
    public long Assumed;

    /// <summary>The next of those that have such a part, on the same thread.</summary>
    public Charge? NextAssumed;

    /// <summary>Adds another charge, whose owner may be writing: each figure is read whole, not all at one instant.</summary>
    public void Add(Charge other)
    {
        Entries += Volatile.Read(ref other.Entries);
        OnThread += Volatile.Read(ref other.OnThread);
        Cpu += Volatile.Read(ref other.Cpu);
        QueuedForCpu += Volatile.Read(ref other.QueuedForCpu);
        BlockedOnPool += Volatile.Read(ref other.BlockedOnPool);
        UnsureOnPool += Volatile.Read(ref other.UnsureOnPool);
        Awaiting += Volatile.Read(ref other.Awaiting);
        AllocatedBytes += Volatile.Read(ref other.AllocatedBytes);
        IoReadBytes += Volatile.Read(ref other.IoReadBytes);
        IoWrittenBytes += Volatile.Read(ref other.IoWrittenBytes);
        IoOperations += Volatile.Read(ref other.IoOperations);
        CpuError += Volatile.Read(ref other.CpuError) + Volatile.Read(ref other.Assumed);
    }
}

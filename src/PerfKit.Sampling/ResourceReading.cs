namespace PerfKit.Sampling;

/// <summary>What the readers found at one instant: running totals and levels, before anything is divided by time.</summary>
/// <remarks>Mutable on purpose: each <see cref="IResourceReader"/> fills in its own part. Names and units as in
/// <see cref="ResourceSample"/>.</remarks>
internal record struct ResourceReading
{
    public TimeSpan? CpuTime;
    public TimeSpan? KernelCpuTime;
    public int ProcessorCount;

    /// <summary>The tightest CPU quota in cores; <see langword="null"/> when there is none or it is unknown.</summary>
    public double? QuotaCores;

    /// <summary>All processors' time in clock ticks since boot, and the part of it not idle.</summary>
    public MachineCpuTicks? MachineCpu;

    /// <summary>Of the processor that was busiest since the last reading, in percent; a share of ticks, so no interval is needed.</summary>
    public double? BusiestProcessorPercent;

    public long? WorkingSetBytes;
    public long? ManagedHeapBytes;
    public long? AllocatedBytes;
    public long? MachineAvailableMemoryBytes;
    public int Gen0Collections;
    public int Gen1Collections;
    public int Gen2Collections;
    public TimeSpan GcPause;
    public int? ThreadCount;
    public int ThreadPoolThreadCount;
    public long ThreadPoolQueueLength;
    public long LockContentionCount;

    /// <summary>What threads waited for locks while the runtime was listened to, and how long that was.</summary>
    public TimeSpan LockWaited;
    public TimeSpan LockWatched;

    public long ExceptionCount;
    public long? IoReadBytes;
    public long? IoWrittenBytes;
    public long? IoOperations;
    public long? StorageReadBytes;
    public long? StorageWrittenBytes;
    public long? LiveHeapBytes;
    public HeapGenerations? Generations;
    public TimeSpan? ThreadPoolQueueDelay;
    public long JitMethods;
    public TimeSpan JitTime;
    public long ActiveTimers;
    public double? MachineMemoryPercent;
    public long? MachineSwapUsedBytes;
    public double? MachineLoad;
    public PressureStall? CpuPressure;
    public PressureStall? MemoryPressure;
    public PressureStall? IoPressure;
    public CgroupThrottling? Throttling;
    public ResourceUsage? ContextSwitches;

    public int? OpenFileCount;
    public long? OpenFileLimit;
    public DiskCounters? MachineDisks;
    public NetworkCounters? MachineNetworks;
    public TimeSpan? ControlGroupCpu;
    public long? ControlGroupMemoryBytes;
    public long? ControlGroupMemoryLimitBytes;
    public long? DnsLookupCount;
    public SocketCounters? Sockets;

    /// <summary>The fullest of the disks asked for.</summary>
    public DiskSpace? FullestDisk;

    /// <summary>Since when the machine's rates are formed; <see langword="null"/> where that is the previous reading, as for all others.</summary>
    public MachineSpan? MachineSpan;

    /// <summary>Takes over what another reading says of the machine and of control groups.</summary>
    internal void TakeMachine(in ResourceReading other)
    {
        QuotaCores = other.QuotaCores;
        MachineCpu = other.MachineCpu;
        BusiestProcessorPercent = other.BusiestProcessorPercent;
        MachineAvailableMemoryBytes = other.MachineAvailableMemoryBytes;
        MachineMemoryPercent = other.MachineMemoryPercent;
        MachineSwapUsedBytes = other.MachineSwapUsedBytes;
        MachineLoad = other.MachineLoad;
        CpuPressure = other.CpuPressure;
        MemoryPressure = other.MemoryPressure;
        IoPressure = other.IoPressure;
        MachineDisks = other.MachineDisks;
        MachineNetworks = other.MachineNetworks;
        Throttling = other.Throttling;
        ControlGroupCpu = other.ControlGroupCpu;
        ControlGroupMemoryBytes = other.ControlGroupMemoryBytes;
        ControlGroupMemoryLimitBytes = other.ControlGroupMemoryLimitBytes;
        OpenFileLimit = other.OpenFileLimit;
    }
}

/// <summary>Clock ticks since boot, summed over all processors; the length of a tick cancels out.</summary>
internal readonly record struct MachineCpuTicks(long Busy, long Total)
{
    /// <summary>The share of the ticks since then that were busy. Idle and iowait ticks may step back a little (proc_stat(5)), so busy
    /// can seem to outgrow the total; then there is no figure.</summary>
    internal double? PercentSince(MachineCpuTicks earlier)
    {
        long total = Total - earlier.Total;
        long busy = Busy - earlier.Busy;
        return total > 0 && busy >= 0 && busy <= total ? 100.0 * busy / total : null;
    }
}

namespace PerfKit.Sampling;

/// <summary>The figures of a sample that a <see cref="HistoryTier"/> remembers; each is named after the property of
/// <see cref="ResourceSample"/> that it is, which has its unit.</summary>
/// <remarks>Running totals are not among them where there is a rate. Times count in seconds.</remarks>
public enum SampleFigure
{
    /// <summary><see cref="ResourceSample.CpuCores"/>.</summary>
    CpuCores,

    /// <summary><see cref="ResourceSample.CpuPercent"/>.</summary>
    CpuPercent,

    /// <summary><see cref="ResourceSample.KernelCpuCores"/>.</summary>
    KernelCpuCores,

    /// <summary><see cref="ResourceSample.MachineCpuPercent"/>.</summary>
    MachineCpuPercent,

    /// <summary><see cref="ResourceSample.WorkingSetBytes"/>.</summary>
    WorkingSetBytes,

    /// <summary><see cref="ResourceSample.ManagedHeapBytes"/>.</summary>
    ManagedHeapBytes,

    /// <summary><see cref="ResourceSample.LiveHeapBytes"/>.</summary>
    LiveHeapBytes,

    /// <summary><see cref="ResourceSample.AllocatedBytesPerSecond"/>.</summary>
    AllocatedBytesPerSecond,

    /// <summary><see cref="ResourceSample.MachineAvailableMemoryBytes"/>.</summary>
    MachineAvailableMemoryBytes,

    /// <summary><see cref="ResourceSample.MachineMemoryPercent"/>.</summary>
    MachineMemoryPercent,

    /// <summary><see cref="ResourceSample.MachineSwapUsedBytes"/>.</summary>
    MachineSwapUsedBytes,

    /// <summary><see cref="ResourceSample.Gen0Collections"/>, a running total: its maximum less its minimum is the growth.</summary>
    Gen0Collections,

    /// <summary><see cref="ResourceSample.Gen1Collections"/>, likewise.</summary>
    Gen1Collections,

    /// <summary><see cref="ResourceSample.Gen2Collections"/>, likewise.</summary>
    Gen2Collections,

    /// <summary><see cref="ResourceSample.GcPausePercent"/>.</summary>
    GcPausePercent,

    /// <summary><see cref="ResourceSample.ThreadCount"/>.</summary>
    ThreadCount,

    /// <summary><see cref="ResourceSample.ThreadPoolThreadCount"/>.</summary>
    ThreadPoolThreadCount,

    /// <summary><see cref="ResourceSample.ThreadPoolQueueLength"/>.</summary>
    ThreadPoolQueueLength,

    /// <summary><see cref="ResourceSample.ThreadPoolQueueDelay"/>, in seconds.</summary>
    ThreadPoolQueueDelay,

    /// <summary><see cref="ResourceSample.LockContentionsPerSecond"/>.</summary>
    LockContentionsPerSecond,

    /// <summary><see cref="ResourceSample.LockWaitThreads"/>.</summary>
    LockWaitThreads,

    /// <summary><see cref="ResourceSample.ExceptionsPerSecond"/>.</summary>
    ExceptionsPerSecond,

    /// <summary><see cref="ResourceSample.IoReadBytesPerSecond"/>.</summary>
    IoReadBytesPerSecond,

    /// <summary><see cref="ResourceSample.IoWrittenBytesPerSecond"/>.</summary>
    IoWrittenBytesPerSecond,

    /// <summary><see cref="ResourceSample.IoOperationsPerSecond"/>.</summary>
    IoOperationsPerSecond,

    /// <summary><see cref="ResourceSample.JitPercent"/>.</summary>
    JitPercent,

    /// <summary><see cref="ResourceSample.ActiveTimers"/>.</summary>
    ActiveTimers,

    /// <summary><see cref="ResourceSample.VoluntaryContextSwitchesPerSecond"/>.</summary>
    VoluntaryContextSwitchesPerSecond,

    /// <summary><see cref="ResourceSample.InvoluntaryContextSwitchesPerSecond"/>.</summary>
    InvoluntaryContextSwitchesPerSecond,

    /// <summary><see cref="ResourceSample.MachineLoad"/>.</summary>
    MachineLoad,

    /// <summary><see cref="ResourceSample.CpuPressurePercent"/>.</summary>
    CpuPressurePercent,

    /// <summary><see cref="ResourceSample.MemoryPressurePercent"/>.</summary>
    MemoryPressurePercent,

    /// <summary><see cref="ResourceSample.IoPressurePercent"/>.</summary>
    IoPressurePercent,

    /// <summary><see cref="ResourceSample.CpuThrottledPercent"/>.</summary>
    CpuThrottledPercent,

    /// <summary><see cref="ResourceSample.BusiestProcessorPercent"/>.</summary>
    BusiestProcessorPercent,

    /// <summary><see cref="ResourceSample.OpenFileCount"/>.</summary>
    OpenFileCount,

    /// <summary><see cref="ResourceSample.MemoryStallPercent"/>.</summary>
    MemoryStallPercent,

    /// <summary><see cref="ResourceSample.IoStallPercent"/>.</summary>
    IoStallPercent,

    /// <summary><see cref="ResourceSample.MachineDiskReadBytesPerSecond"/>.</summary>
    MachineDiskReadBytesPerSecond,

    /// <summary><see cref="ResourceSample.MachineDiskWrittenBytesPerSecond"/>.</summary>
    MachineDiskWrittenBytesPerSecond,

    /// <summary><see cref="ResourceSample.MachineDiskOperationsPerSecond"/>.</summary>
    MachineDiskOperationsPerSecond,

    /// <summary><see cref="ResourceSample.MachineNetworkReceivedBytesPerSecond"/>.</summary>
    MachineNetworkReceivedBytesPerSecond,

    /// <summary><see cref="ResourceSample.MachineNetworkSentBytesPerSecond"/>.</summary>
    MachineNetworkSentBytesPerSecond,

    /// <summary><see cref="ResourceSample.ControlGroupCpuCores"/>.</summary>
    ControlGroupCpuCores,

    /// <summary><see cref="ResourceSample.ControlGroupMemoryBytes"/>.</summary>
    ControlGroupMemoryBytes,

    /// <summary><see cref="ResourceSample.DnsLookupsPerSecond"/>.</summary>
    DnsLookupsPerSecond,
}

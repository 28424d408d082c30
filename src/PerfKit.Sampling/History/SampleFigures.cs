namespace PerfKit.Sampling;

/// <summary>Reads the figures of a sample as numbers, in the order of <see cref="SampleFigure"/>.</summary>
internal static class SampleFigures
{
    internal static readonly int Count = Enum.GetValues<SampleFigure>().Length;

    /// <summary>Writes every figure; NaN for one that is missing, which no figure of a sample is.</summary>
    internal static void Read(in ResourceSample sample, Span<double> figures)
    {
        for (int i = 0; i < figures.Length; i++) figures[i] = Read(sample, (SampleFigure)i) ?? double.NaN;
    }

    private static double? Read(in ResourceSample sample, SampleFigure figure) => figure switch
    {
        SampleFigure.CpuCores => sample.CpuCores,
        SampleFigure.CpuPercent => sample.CpuPercent,
        SampleFigure.KernelCpuCores => sample.KernelCpuCores,
        SampleFigure.MachineCpuPercent => sample.MachineCpuPercent,
        SampleFigure.WorkingSetBytes => sample.WorkingSetBytes,
        SampleFigure.ManagedHeapBytes => sample.ManagedHeapBytes,
        SampleFigure.LiveHeapBytes => sample.LiveHeapBytes,
        SampleFigure.AllocatedBytesPerSecond => sample.AllocatedBytesPerSecond,
        SampleFigure.MachineAvailableMemoryBytes => sample.MachineAvailableMemoryBytes,
        SampleFigure.MachineMemoryPercent => sample.MachineMemoryPercent,
        SampleFigure.MachineSwapUsedBytes => sample.MachineSwapUsedBytes,
        SampleFigure.Gen0Collections => sample.Gen0Collections,
        SampleFigure.Gen1Collections => sample.Gen1Collections,
        SampleFigure.Gen2Collections => sample.Gen2Collections,
        SampleFigure.GcPausePercent => sample.GcPausePercent,
        SampleFigure.ThreadCount => sample.ThreadCount,
        SampleFigure.ThreadPoolThreadCount => sample.ThreadPoolThreadCount,
        SampleFigure.ThreadPoolQueueLength => sample.ThreadPoolQueueLength,
        SampleFigure.ThreadPoolQueueDelay => sample.ThreadPoolQueueDelay?.TotalSeconds,
        SampleFigure.LockContentionsPerSecond => sample.LockContentionsPerSecond,
        SampleFigure.LockWaitThreads => sample.LockWaitThreads,
        SampleFigure.ExceptionsPerSecond => sample.ExceptionsPerSecond,
        SampleFigure.IoReadBytesPerSecond => sample.IoReadBytesPerSecond,
        SampleFigure.IoWrittenBytesPerSecond => sample.IoWrittenBytesPerSecond,
        SampleFigure.IoOperationsPerSecond => sample.IoOperationsPerSecond,
        SampleFigure.JitPercent => sample.JitPercent,
        SampleFigure.ActiveTimers => sample.ActiveTimers,
        SampleFigure.VoluntaryContextSwitchesPerSecond => sample.VoluntaryContextSwitchesPerSecond,
        SampleFigure.InvoluntaryContextSwitchesPerSecond => sample.InvoluntaryContextSwitchesPerSecond,
        SampleFigure.MachineLoad => sample.MachineLoad,
        SampleFigure.CpuPressurePercent => sample.CpuPressurePercent,
        SampleFigure.MemoryPressurePercent => sample.MemoryPressurePercent,
        SampleFigure.IoPressurePercent => sample.IoPressurePercent,
        SampleFigure.CpuThrottledPercent => sample.CpuThrottledPercent,
        SampleFigure.BusiestProcessorPercent => sample.BusiestProcessorPercent,
        SampleFigure.OpenFileCount => sample.OpenFileCount,
        SampleFigure.MemoryStallPercent => sample.MemoryStallPercent,
        SampleFigure.IoStallPercent => sample.IoStallPercent,
        SampleFigure.MachineDiskReadBytesPerSecond => sample.MachineDiskReadBytesPerSecond,
        SampleFigure.MachineDiskWrittenBytesPerSecond => sample.MachineDiskWrittenBytesPerSecond,
        SampleFigure.MachineDiskOperationsPerSecond => sample.MachineDiskOperationsPerSecond,
        SampleFigure.MachineNetworkReceivedBytesPerSecond => sample.MachineNetworkReceivedBytesPerSecond,
        SampleFigure.MachineNetworkSentBytesPerSecond => sample.MachineNetworkSentBytesPerSecond,
        SampleFigure.ControlGroupCpuCores => sample.ControlGroupCpuCores,
        SampleFigure.ControlGroupMemoryBytes => sample.ControlGroupMemoryBytes,
        SampleFigure.DnsLookupsPerSecond => sample.DnsLookupsPerSecond,
        _ => null,
    };
}

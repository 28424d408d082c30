namespace PerfKit.Sampling;

/// <summary>Turns readings into a sample: the only place where figures are divided by time. Pure.</summary>
internal static class SampleArithmetic
{
    /// <param name="timestamp">When <paramref name="now"/> was read.</param>
    /// <param name="interval">Between the two readings; <see langword="null"/> if there was none before.</param>
    /// <param name="before">The previous reading; looked at only if there is an interval.</param>
    /// <param name="now">The reading that becomes a sample.</param>
    internal static ResourceSample Sample(DateTimeOffset timestamp, TimeSpan? interval, in ResourceReading before, in ResourceReading now)
    {
        // A clock that stood still or went back gives no interval: a rate over it would be infinite or negative.
        if (interval is { Ticks: <= 0 }) interval = null;
        double? seconds = interval?.TotalSeconds;
        ResourceReading machine = now.MachineSpan?.From ?? before;
        TimeSpan? machineInterval = interval is null || now.MachineSpan is null ? interval : now.MachineSpan.Length;
        double? machineSeconds = machineInterval is { Ticks: > 0 } ? machineInterval?.TotalSeconds : null;
        double availableCores = AvailableCores(now);
        double? cpuCores = Rate(before.CpuTime?.TotalSeconds, now.CpuTime?.TotalSeconds, seconds);

        return new ResourceSample
        {
            Timestamp = timestamp,
            Interval = interval,
            CpuTime = now.CpuTime,
            CpuCores = cpuCores,
            CpuPercent = 100 * cpuCores / availableCores,
            AvailableCores = availableCores,
            KernelCpuCores = Rate(before.KernelCpuTime?.TotalSeconds, now.KernelCpuTime?.TotalSeconds, seconds),
            MachineCpuPercent = machineSeconds is null || machine.MachineCpu is not { } earlier ? null : now.MachineCpu?.PercentSince(earlier),
            BusiestProcessorPercent = machineSeconds is null ? null : now.BusiestProcessorPercent,
            WorkingSetBytes = now.WorkingSetBytes,
            ManagedHeapBytes = now.ManagedHeapBytes,
            AllocatedBytes = now.AllocatedBytes,
            AllocatedBytesPerSecond = Rate(before.AllocatedBytes, now.AllocatedBytes, seconds),
            MachineAvailableMemoryBytes = now.MachineAvailableMemoryBytes,
            Gen0Collections = now.Gen0Collections,
            Gen1Collections = now.Gen1Collections,
            Gen2Collections = now.Gen2Collections,
            GcPause = now.GcPause,
            GcPausePercent = 100 * Rate(before.GcPause.TotalSeconds, now.GcPause.TotalSeconds, seconds),
            ThreadCount = now.ThreadCount,
            ThreadPoolThreadCount = now.ThreadPoolThreadCount,
            ThreadPoolQueueLength = now.ThreadPoolQueueLength,
            LockContentionCount = now.LockContentionCount,
            LockContentionsPerSecond = Rate(before.LockContentionCount, now.LockContentionCount, seconds),
            LockWaitThreads = interval is null ? null : LockWaitThreads(before, now),
            ExceptionCount = now.ExceptionCount,
            ExceptionsPerSecond = Rate(before.ExceptionCount, now.ExceptionCount, seconds),
            IoReadBytes = now.IoReadBytes,
            IoWrittenBytes = now.IoWrittenBytes,
            IoOperations = now.IoOperations,
            IoReadBytesPerSecond = Rate(before.IoReadBytes, now.IoReadBytes, seconds),
            IoWrittenBytesPerSecond = Rate(before.IoWrittenBytes, now.IoWrittenBytes, seconds),
            IoOperationsPerSecond = Rate(before.IoOperations, now.IoOperations, seconds),
            StorageReadBytes = now.StorageReadBytes,
            StorageWrittenBytes = now.StorageWrittenBytes,
            LiveHeapBytes = now.LiveHeapBytes,
            Generations = now.Generations,
            ThreadPoolQueueDelay = now.ThreadPoolQueueDelay,
            JitMethods = now.JitMethods,
            JitTime = now.JitTime,
            JitPercent = 100 * Rate(before.JitTime.TotalSeconds, now.JitTime.TotalSeconds, seconds),
            ActiveTimers = now.ActiveTimers,
            VoluntaryContextSwitchesPerSecond = Rate(before.ContextSwitches?.Voluntary, now.ContextSwitches?.Voluntary, seconds),
            InvoluntaryContextSwitchesPerSecond = Rate(before.ContextSwitches?.Involuntary, now.ContextSwitches?.Involuntary, seconds),
            MachineMemoryPercent = now.MachineMemoryPercent,
            MachineSwapUsedBytes = now.MachineSwapUsedBytes,
            MachineLoad = now.MachineLoad,
            CpuPressurePercent = Stalled(machine.CpuPressure?.Some, now.CpuPressure?.Some, machineSeconds),
            MemoryPressurePercent = Stalled(machine.MemoryPressure?.Some, now.MemoryPressure?.Some, machineSeconds),
            MemoryStallPercent = Stalled(machine.MemoryPressure?.Full, now.MemoryPressure?.Full, machineSeconds),
            IoPressurePercent = Stalled(machine.IoPressure?.Some, now.IoPressure?.Some, machineSeconds),
            IoStallPercent = Stalled(machine.IoPressure?.Full, now.IoPressure?.Full, machineSeconds),
            OpenFileCount = now.OpenFileCount,
            OpenFileLimit = now.OpenFileLimit,
            MachineDiskReadBytesPerSecond = Rate(machine.MachineDisks?.ReadBytes, now.MachineDisks?.ReadBytes, machineSeconds),
            MachineDiskWrittenBytesPerSecond = Rate(machine.MachineDisks?.WrittenBytes, now.MachineDisks?.WrittenBytes, machineSeconds),
            MachineDiskOperationsPerSecond = Rate(machine.MachineDisks?.Operations, now.MachineDisks?.Operations, machineSeconds),
            MachineNetworkReceivedBytesPerSecond = Rate(machine.MachineNetworks?.ReceivedBytes, now.MachineNetworks?.ReceivedBytes, machineSeconds),
            MachineNetworkSentBytesPerSecond = Rate(machine.MachineNetworks?.SentBytes, now.MachineNetworks?.SentBytes, machineSeconds),
            ControlGroupCpuCores = Rate(machine.ControlGroupCpu?.TotalSeconds, now.ControlGroupCpu?.TotalSeconds, machineSeconds),
            ControlGroupMemoryBytes = now.ControlGroupMemoryBytes,
            ControlGroupMemoryLimitBytes = now.ControlGroupMemoryLimitBytes,
            DnsLookupCount = now.DnsLookupCount,
            DnsLookupsPerSecond = Rate(before.DnsLookupCount, now.DnsLookupCount, seconds),
            Sockets = now.Sockets,
            FullestDisk = now.FullestDisk,
            CpuThrottled = now.Throttling?.Throttled,
            CpuThrottledPercent = machineSeconds is null ? null : ThrottledPercent(machine.Throttling, now.Throttling),
        };
    }

    /// <summary>Nobody began to wait: none waits. Somebody did, and nobody listened: not known.</summary>
    private static double? LockWaitThreads(in ResourceReading before, in ResourceReading now)
    {
        TimeSpan watched = now.LockWatched - before.LockWatched;
        return watched > TimeSpan.Zero ? Math.Max(0, (now.LockWaited - before.LockWaited) / watched)
            : now.LockContentionCount == before.LockContentionCount ? 0 : null;
    }

    private static double AvailableCores(in ResourceReading now) =>
        now.QuotaCores is { } quota && quota < now.ProcessorCount ? quota : now.ProcessorCount;

    /// <summary>Growth per second; <see langword="null"/> without both ends or an interval, and for a counter that went back.</summary>
    private static double? Rate(long? before, long? now, double? seconds) =>
        now >= before ? (now - before) / seconds : null;

    /// <inheritdoc cref="Rate(long?, long?, double?)"/>
    private static double? Rate(double? before, double? now, double? seconds) =>
        now >= before ? (now - before) / seconds : null;

    /// <summary>The part of the interval that was lost. The kernel's clock and ours may differ by a little, so it is kept to 100.</summary>
    private static double? Stalled(TimeSpan? before, TimeSpan? now, double? seconds) =>
        Rate(before?.TotalSeconds, now?.TotalSeconds, seconds) is { } share ? Math.Min(100, 100 * share) : null;

    /// <summary>Of the quota periods that ended in the interval. None ended: nothing of the group wanted to run, or it has no quota.</summary>
    private static double? ThrottledPercent(CgroupThrottling? before, CgroupThrottling? now)
    {
        long? periods = now?.Periods - before?.Periods;
        long? throttled = now?.ThrottledPeriods - before?.ThrottledPeriods;
        if (periods == 0 && throttled == 0) return 0;
        return periods > 0 && throttled >= 0 && throttled <= periods ? 100.0 * throttled / periods : null;
    }
}

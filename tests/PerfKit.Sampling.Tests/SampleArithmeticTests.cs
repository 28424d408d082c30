namespace PerfKit.Sampling.Tests;

public sealed class SampleArithmeticTests
{
    private static readonly DiskSpace Disk = new("/", 3, 1);

    private static readonly ResourceReading Before = new()
    {
        CpuTime = TimeSpan.FromSeconds(10),
        KernelCpuTime = TimeSpan.FromSeconds(2),
        ProcessorCount = 4,
        MachineCpu = new MachineCpuTicks(1000, 5000),
        AllocatedBytes = 1_000_000,
        GcPause = TimeSpan.FromMilliseconds(100),
        LockContentionCount = 7,
        LockWaited = TimeSpan.FromSeconds(1),
        LockWatched = TimeSpan.FromSeconds(5),
        ExceptionCount = 3,
        IoReadBytes = 100,
        IoWrittenBytes = 200,
        IoOperations = 300,
        JitTime = TimeSpan.FromSeconds(1),
        CpuPressure = new PressureStall(TimeSpan.FromSeconds(1), null),
        MemoryPressure = new PressureStall(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)),
        IoPressure = new PressureStall(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)),
        Throttling = new CgroupThrottling(100, 10, TimeSpan.FromSeconds(1)),
        ContextSwitches = new ResourceUsage(TimeSpan.Zero, TimeSpan.Zero, 100, 10),
        BusiestProcessorPercent = 91,
        MachineDisks = new DiskCounters(1000, 2000, 10, TimeSpan.Zero),
        MachineNetworks = new NetworkCounters(100, 200, 0, 0, 0),
        ControlGroupCpu = TimeSpan.FromSeconds(1),
        DnsLookupCount = 30,
    };

    private static readonly ResourceReading Now = new()
    {
        CpuTime = TimeSpan.FromSeconds(14),
        KernelCpuTime = TimeSpan.FromSeconds(3),
        ProcessorCount = 4,
        MachineCpu = new MachineCpuTicks(1300, 5400),
        WorkingSetBytes = 11,
        ManagedHeapBytes = 12,
        AllocatedBytes = 1_500_000,
        MachineAvailableMemoryBytes = 13,
        MachineMemoryPercent = 61.5,
        FullestDisk = Disk,
        Gen0Collections = 14,
        Gen1Collections = 15,
        Gen2Collections = 16,
        GcPause = TimeSpan.FromMilliseconds(200),
        ThreadCount = 17,
        ThreadPoolThreadCount = 18,
        ThreadPoolQueueLength = 19,
        LockContentionCount = 12,
        LockWaited = TimeSpan.FromSeconds(7),
        LockWatched = TimeSpan.FromSeconds(6.5),
        ExceptionCount = 4,
        IoReadBytes = 1100,
        IoWrittenBytes = 1200,
        IoOperations = 310,
        StorageReadBytes = 20,
        StorageWrittenBytes = 21,
        LiveHeapBytes = 22,
        Generations = new HeapGenerations(1, 2, 3, 4, 5, 6, 7),
        ThreadPoolQueueDelay = TimeSpan.FromMilliseconds(23),
        JitMethods = 24,
        JitTime = TimeSpan.FromSeconds(1.5),
        ActiveTimers = 25,
        MachineSwapUsedBytes = 26,
        MachineLoad = 2.7,
        CpuPressure = new PressureStall(TimeSpan.FromSeconds(2), null),
        MemoryPressure = new PressureStall(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(1.1)),
        IoPressure = new PressureStall(TimeSpan.FromSeconds(5.001), TimeSpan.FromSeconds(2)), // a hair beyond the interval
        Throttling = new CgroupThrottling(120, 15, TimeSpan.FromSeconds(1.2)),
        ContextSwitches = new ResourceUsage(TimeSpan.Zero, TimeSpan.Zero, 300, 20),
        BusiestProcessorPercent = 99,
        OpenFileCount = 28,
        OpenFileLimit = 29,
        MachineDisks = new DiskCounters(5000, 2020, 16, TimeSpan.Zero),
        MachineNetworks = new NetworkCounters(180, 260, 0, 0, 0),
        ControlGroupCpu = TimeSpan.FromSeconds(4),
        ControlGroupMemoryBytes = 31,
        ControlGroupMemoryLimitBytes = 32,
        DnsLookupCount = 34,
        Sockets = new SocketCounters(1, 2, 3, 4),
    };

    [Fact]
    public void Sample_twoSecondsApart_dividesWhatGrew()
    {
        ResourceSample sample = SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(2), Before, Now);

        Assert.Equal(
            new ResourceSample
            {
                Timestamp = ManualTimeProvider.Epoch,
                Interval = TimeSpan.FromSeconds(2),
                CpuTime = TimeSpan.FromSeconds(14),
                CpuCores = 2,
                CpuPercent = 50,
                AvailableCores = 4,
                KernelCpuCores = 0.5,
                MachineCpuPercent = 75,
                WorkingSetBytes = 11,
                ManagedHeapBytes = 12,
                AllocatedBytes = 1_500_000,
                AllocatedBytesPerSecond = 250_000,
                MachineAvailableMemoryBytes = 13,
                MachineMemoryPercent = 61.5,
                FullestDisk = Disk,
                Gen0Collections = 14,
                Gen1Collections = 15,
                Gen2Collections = 16,
                GcPause = TimeSpan.FromMilliseconds(200),
                GcPausePercent = 5,
                ThreadCount = 17,
                ThreadPoolThreadCount = 18,
                ThreadPoolQueueLength = 19,
                LockContentionCount = 12,
                LockContentionsPerSecond = 2.5,
                LockWaitThreads = 4,
                ExceptionCount = 4,
                ExceptionsPerSecond = 0.5,
                IoReadBytes = 1100,
                IoWrittenBytes = 1200,
                IoOperations = 310,
                IoReadBytesPerSecond = 500,
                IoWrittenBytesPerSecond = 500,
                IoOperationsPerSecond = 5,
                StorageReadBytes = 20,
                StorageWrittenBytes = 21,
                LiveHeapBytes = 22,
                Generations = new HeapGenerations(1, 2, 3, 4, 5, 6, 7),
                ThreadPoolQueueDelay = TimeSpan.FromMilliseconds(23),
                JitMethods = 24,
                JitTime = TimeSpan.FromSeconds(1.5),
                JitPercent = 25,
                ActiveTimers = 25,
                VoluntaryContextSwitchesPerSecond = 100,
                InvoluntaryContextSwitchesPerSecond = 5,
                MachineSwapUsedBytes = 26,
                MachineLoad = 2.7,
                CpuPressurePercent = 50,
                MemoryPressurePercent = 25,
                MemoryStallPercent = 100 * ((1.1 - 1) / 2),
                IoPressurePercent = 100,
                IoStallPercent = 0,
                CpuThrottled = TimeSpan.FromSeconds(1.2),
                CpuThrottledPercent = 25,
                BusiestProcessorPercent = 99,
                OpenFileCount = 28,
                OpenFileLimit = 29,
                MachineDiskReadBytesPerSecond = 2000,
                MachineDiskWrittenBytesPerSecond = 10,
                MachineDiskOperationsPerSecond = 3,
                MachineNetworkReceivedBytesPerSecond = 40,
                MachineNetworkSentBytesPerSecond = 30,
                ControlGroupCpuCores = 1.5,
                ControlGroupMemoryBytes = 31,
                ControlGroupMemoryLimitBytes = 32,
                DnsLookupCount = 34,
                DnsLookupsPerSecond = 2,
                Sockets = new SocketCounters(1, 2, 3, 4),
            },
            sample);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void Sample_noPositiveInterval_givesNoRate(long? ticks)
    {
        TimeSpan? interval = ticks is { } some ? TimeSpan.FromTicks(some) : null;
        ResourceSample sample = SampleArithmetic.Sample(ManualTimeProvider.Epoch, interval, Before, Now);

        Assert.Null(sample.Interval);
        Assert.Equal(TimeSpan.FromSeconds(14), sample.CpuTime);
        AssertNoRate(sample);
    }

    [Fact]
    public void Sample_countersGoneBack_givesNoRate()
    {
        ResourceSample sample = SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(2), Now, Before);

        Assert.Equal(TimeSpan.FromSeconds(2), sample.Interval);
        AssertNoRate(sample);
    }

    [Fact]
    public void Sample_figuresMissingAtEitherEnd_givesNullRates()
    {
        var nothing = new ResourceReading { ProcessorCount = 4 };
        ResourceSample appeared = SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(1), nothing, Now);
        ResourceSample vanished = SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(1), Now, nothing);

        foreach (ResourceSample sample in new[] { appeared, vanished })
        {
            Assert.Null(sample.CpuCores);
            Assert.Null(sample.CpuPercent);
            Assert.Null(sample.KernelCpuCores);
            Assert.Null(sample.MachineCpuPercent);
            Assert.Null(sample.AllocatedBytesPerSecond);
            Assert.Null(sample.IoReadBytesPerSecond);
            Assert.Null(sample.IoWrittenBytesPerSecond);
            Assert.Null(sample.IoOperationsPerSecond);
        }
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(0.5, 0.5)]
    [InlineData(4.0, 4)]
    [InlineData(6.0, 4)]
    public void AvailableCores_quota_countsIfTighterThanTheProcessors(double? quota, double expected)
    {
        ResourceSample sample = SampleArithmetic.Sample(
            ManualTimeProvider.Epoch, TimeSpan.FromSeconds(8), Before, Now with { QuotaCores = quota });

        Assert.Equal(expected, sample.AvailableCores);
        Assert.Equal(0.5 / expected * 100, sample.CpuPercent);
    }

    [Theory]
    [InlineData(1000, 5000)] // no tick has passed
    [InlineData(1500, 5400)] // idle time stepped back: busy outgrew the total
    [InlineData(900, 5400)]
    public void MachineCpuPercent_oddCounters_isNull(long busy, long total)
    {
        ResourceReading odd = Now with { MachineCpu = new MachineCpuTicks(busy, total) };
        Assert.Null(SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(1), Before, odd).MachineCpuPercent);
    }

    [Fact]
    public void CpuThrottledPercent_noPeriodEnded_isZero() => Assert.Equal(
        0, SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(1), Now, Now).CpuThrottledPercent);

    private static void AssertNoRate(ResourceSample sample)
    {
        Assert.Null(sample.CpuThrottledPercent);
        Assert.Null(sample.CpuPressurePercent);
        Assert.Null(sample.IoPressurePercent);
        Assert.Null(sample.JitPercent);
        Assert.Null(sample.VoluntaryContextSwitchesPerSecond);
        Assert.Null(sample.CpuCores);
        Assert.Null(sample.CpuPercent);
        Assert.Null(sample.KernelCpuCores);
        Assert.Null(sample.MachineCpuPercent);
        Assert.Null(sample.AllocatedBytesPerSecond);
        Assert.Null(sample.GcPausePercent);
        Assert.Null(sample.LockContentionsPerSecond);
        Assert.Null(sample.LockWaitThreads);
        Assert.Null(sample.ExceptionsPerSecond);
        Assert.Null(sample.IoReadBytesPerSecond);
        Assert.Null(sample.IoWrittenBytesPerSecond);
        Assert.Null(sample.IoOperationsPerSecond);
    }

    [Theory]
    [InlineData(7, 0.0)] // nobody began to wait
    [InlineData(8, null)] // somebody did, and nobody listened
    public void Sample_withoutListeningToLocks_knowsOnlyThatNobodyWaits(long contentions, double? expected)
    {
        ResourceReading unheard = Now with { LockContentionCount = contentions, LockWaited = Before.LockWaited, LockWatched = Before.LockWatched };

        Assert.Equal(expected, SampleArithmetic.Sample(ManualTimeProvider.Epoch, TimeSpan.FromSeconds(2), Before, unheard).LockWaitThreads);
    }
}

using System.Security.Cryptography;

namespace PerfKit.Sampling.Tests;

public sealed class ResourceSamplerTests
{
    [Fact]
    public void Sample_atExactTimes_givesExactRates()
    {
        var time = new ManualTimeProvider();
        using ResourceSampler sampler = With(time, new ScriptedReader(
            new() { ProcessorCount = 2, CpuTime = TimeSpan.FromSeconds(1), IoReadBytes = 1000 },
            new() { ProcessorCount = 2, CpuTime = TimeSpan.FromSeconds(1.5), IoReadBytes = 1250 },
            new() { ProcessorCount = 2, CpuTime = TimeSpan.FromSeconds(5.5), IoReadBytes = 1250 }));

        ResourceSample first = sampler.Sample();
        time.Advance(TimeSpan.FromMilliseconds(250));
        ResourceSample second = sampler.Sample();
        time.Advance(TimeSpan.FromSeconds(4));
        ResourceSample third = sampler.Sample();

        Assert.Equal(ManualTimeProvider.Epoch, first.Timestamp);
        Assert.Null(first.Interval);
        Assert.Null(first.CpuCores);
        Assert.Equal(TimeSpan.FromMilliseconds(250), second.Interval);
        Assert.Equal(2.0, second.CpuCores);
        Assert.Equal(100.0, second.CpuPercent);
        Assert.Equal(1000.0, second.IoReadBytesPerSecond);
        Assert.Equal(1.0, third.CpuCores);
        Assert.Equal(0.0, third.IoReadBytesPerSecond);
        Assert.Equal([first, second, third], sampler.History.ToArray());
        Assert.Empty(sampler.Unavailable);
    }

    [Fact]
    public void Sample_wallClockSetBack_keepsItsRates()
    {
        var time = new ManualTimeProvider();
        using ResourceSampler sampler = With(time, new ScriptedReader(
            new() { ProcessorCount = 1, CpuTime = TimeSpan.Zero }, new() { ProcessorCount = 1, CpuTime = TimeSpan.FromSeconds(1) }));

        sampler.Sample();
        time.Advance(TimeSpan.FromSeconds(2));
        time.SetWall(ManualTimeProvider.Epoch.AddDays(-1));
        ResourceSample sample = sampler.Sample();

        Assert.Equal(ManualTimeProvider.Epoch.AddDays(-1), sample.Timestamp);
        Assert.Equal(TimeSpan.FromSeconds(2), sample.Interval);
        Assert.Equal(0.5, sample.CpuCores);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Sample_monotonicClockStoodStillOrWentBack_hasNoRates(int seconds)
    {
        var time = new ManualTimeProvider();
        using ResourceSampler sampler = With(time, new ScriptedReader(
            new() { ProcessorCount = 1, CpuTime = TimeSpan.Zero },
            new() { ProcessorCount = 1, CpuTime = TimeSpan.FromSeconds(1) },
            new() { ProcessorCount = 1, CpuTime = TimeSpan.FromSeconds(2) }));

        sampler.Sample();
        time.Advance(TimeSpan.FromSeconds(seconds));
        ResourceSample odd = sampler.Sample();
        time.Advance(TimeSpan.FromSeconds(4));
        ResourceSample next = sampler.Sample();

        Assert.Null(odd.Interval);
        Assert.Null(odd.CpuCores);
        Assert.Equal(0.25, next.CpuCores); // it recovers with the next sample
    }

    [Fact]
    public void Sample_everyFileMissing_hasNullsAndReasons()
    {
        using ResourceSampler sampler = OnLinux(FakeFiles.LinuxWithout());

        sampler.Sample();
        AssertFilesGaveNothing(sampler.Sample());
        Assert.All(
            sampler.Unavailable, figure => Assert.True(figure.Reason.Contains("/proc/", StringComparison.Ordinal) || figure.Reason.Contains("control group", StringComparison.Ordinal), figure.Reason));
        AssertEachFigureHasAReason(sampler);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Sample_everyFileFullOfRubbish_hasNullsAndReasons(int length)
    {
        byte[] rubbish = new byte[length];
        new Random(42).NextBytes(rubbish);
        using ResourceSampler sampler = OnLinux(FakeFiles.LinuxWith(rubbish));

        for (int i = 0; i < 200; i++) AssertFilesGaveNothing(sampler.Sample());
        Assert.Equal(sampler.Unavailable.Count, sampler.Unavailable.Select(figure => figure.Figure).Distinct().Count()); // each once
        AssertEachFigureHasAReason(sampler);
    }

    [Fact]
    public void Sample_readerThatThrows_isNotedAndTheOthersGoOn()
    {
        using var sampler = new ResourceSampler(null, null, new UnavailableFigures(), unavailable =>
            [new ScriptedReader(), new RuntimeReader(unavailable)]);

        ResourceSample sample = sampler.Sample();
        sampler.Sample();

        Assert.NotNull(sample.CpuTime);
        Assert.Equal($"({nameof(ScriptedReader)})", Assert.Single(sampler.Unavailable).Figure);
    }

    [Fact]
    public void Sample_exceptionsThrown_areCountedCaughtOrNot()
    {
        using var sampler = new ResourceSampler();
        long before = sampler.Sample().ExceptionCount;
        for (int i = 0; i < 3; i++) Assert.Throws<CryptographicException>((Action)(() => throw new CryptographicException()));

        Assert.True(sampler.Sample().ExceptionCount >= before + 3); // tests beside this one throw too
    }

    [Fact]
    public void Dispose_twice_closesTheReadersAndKeepsTheHistory()
    {
        FakeFiles files = FakeFiles.Linux();
        ResourceSampler sampler = OnLinux(files);
        Assert.NotNull(sampler.Sample().WorkingSetBytes);
        Assert.True(files.StillOpen > 10);

        sampler.Dispose();
        sampler.Dispose();
        Assert.Equal(0, files.StillOpen);
        Assert.Null(sampler.Sample().WorkingSetBytes);
        Assert.Equal(0, files.StillOpen);
        Assert.Equal(2, sampler.History.Count);
    }

    [Fact]
    public void Start_afterDispose_doesNothing()
    {
        var time = new ManualTimeProvider();
        var sampler = new ResourceSampler(timeProvider: time);
        sampler.Dispose();

        sampler.Start();
        sampler.Stop();
        Assert.Equal(0, sampler.History.TotalCount);
    }

    private static ResourceSampler With(TimeProvider time, IResourceReader reader) =>
        new(null, time, new UnavailableFigures(), _ => [reader]);

    private static ResourceSampler OnLinux(FakeFiles files) =>
        new(null, new ManualTimeProvider(), new UnavailableFigures(), unavailable =>
            [new LinuxProcessReader(files, unavailable), new LinuxMachineReader(files, unavailable), new LinuxGroupReader(files, unavailable), new RuntimeReader(unavailable)]);

    private static void AssertEachFigureHasAReason(ResourceSampler sampler)
    {
        string[] noted = [.. sampler.Unavailable.SelectMany(figure => figure.Figure.Split(", "))];
        string[] missing =
        [
            .. typeof(ResourceSample).GetProperties()
                .Where(property => property.GetValue(sampler.History.Latest!.Value) is null && !property.Name.EndsWith("PerSecond", StringComparison.Ordinal))
                .Select(property => property.Name)
                .Except(["Interval", "CpuCores", "CpuPercent", "KernelCpuCores", "GcPausePercent", "JitPercent", "LockWaitThreads"]) // of the interval, which is none
                .Except(["LiveHeapBytes", "Generations", "ThreadPoolQueueDelay", "ExceptionCount", "DnsLookupCount", "FullestDisk", "Sockets"]), // of readers that are not here
        ];
        Assert.Empty(missing.Except(noted).Except(["CpuPressurePercent", "IoPressurePercent"]));
    }

    private static void AssertFilesGaveNothing(ResourceSample sample)
    {
        Assert.Null(sample.WorkingSetBytes);
        Assert.Null(sample.ThreadCount);
        Assert.Null(sample.MachineCpuPercent);
        Assert.Null(sample.MachineAvailableMemoryBytes);
        Assert.Null(sample.IoReadBytes);
        Assert.Null(sample.IoWrittenBytes);
        Assert.Null(sample.IoOperations);
        Assert.Null(sample.StorageReadBytes);
        Assert.Null(sample.StorageWrittenBytes);
        Assert.Null(sample.OpenFileCount);
        Assert.Null(sample.BusiestProcessorPercent);
        Assert.Null(sample.MachineDiskReadBytesPerSecond);
        Assert.Null(sample.MachineNetworkSentBytesPerSecond);
        Assert.Null(sample.ControlGroupMemoryBytes);
        Assert.Equal(Environment.ProcessorCount, sample.AvailableCores);
        Assert.NotNull(sample.CpuTime); // of the runtime, not of a file
    }
}

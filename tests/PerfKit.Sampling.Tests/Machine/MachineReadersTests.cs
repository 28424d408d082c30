namespace PerfKit.Sampling.Tests;

public sealed class MachineReadersTests
{
    private static readonly ResourceReading Busy = new()
    {
        QuotaCores = 1.5,
        MachineCpu = new MachineCpuTicks(10, 100),
        BusiestProcessorPercent = 20,
        MachineAvailableMemoryBytes = 1,
        MachineMemoryPercent = 2,
        MachineSwapUsedBytes = 3,
        MachineLoad = 4,
        CpuPressure = new PressureStall(TimeSpan.FromSeconds(1), null),
        MemoryPressure = new PressureStall(TimeSpan.FromSeconds(2), null),
        IoPressure = new PressureStall(TimeSpan.FromSeconds(3), null),
        MachineDisks = new DiskCounters(1, 2, 3, TimeSpan.Zero),
        MachineNetworks = new NetworkCounters(100, 200, 0, 0, 0),
        Throttling = new CgroupThrottling(1, 1, TimeSpan.FromSeconds(1)),
        ControlGroupCpu = TimeSpan.FromSeconds(5),
        ControlGroupMemoryBytes = 5,
        ControlGroupMemoryLimitBytes = 6,
        OpenFileLimit = 7,
    };

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Read_withinTheCadence_repeatsAllThatWasRead()
    {
        using var readers = new MachineReaders(_time, new UnavailableFigures(), new ScriptedReader(Busy, default));

        ResourceReading first = Read(readers), second = Read(readers, 50);

        Assert.Equal(Busy, first with { MachineSpan = null });
        Assert.Equal(first, second);
    }

    [Fact]
    public void Sample_everyTenMilliseconds_formsTheMachinesFiguresOverATenthOfASecond()
    {
        IEnumerable<ResourceReading> growing = Enumerable.Range(0, 10).Select(number => Busy with
        {
            MachineNetworks = new NetworkCounters(1_000 * number, 0, 0, 0, 0),
            MachineCpu = new MachineCpuTicks(2 * number, 10 * number),
        });
        using var sampler = new ResourceSampler(
            null, _time, new UnavailableFigures(), unavailable => [new MachineReaders(_time, unavailable, new ScriptedReader([.. growing]))]);
        var samples = new List<ResourceSample>();
        for (int number = 0; number < 31; number++)
        {
            samples.Add(sampler.Sample());
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.All(samples.Take(10), sample => Assert.Null(sample.MachineNetworkReceivedBytesPerSecond));
        Assert.All(samples.Skip(10), sample => Assert.Equal(10_000, sample.MachineNetworkReceivedBytesPerSecond!.Value, 1e-6));
        Assert.All(samples.Skip(10), sample => Assert.Equal(20, sample.MachineCpuPercent));
        Assert.All(samples, sample => Assert.Equal(4, sample.MachineLoad));
    }

    [Fact]
    public void Read_afterTheClockWentBack_readsAgain()
    {
        using var readers = new MachineReaders(_time, new UnavailableFigures(), new ScriptedReader(Busy, Busy with { MachineLoad = 9 }));
        Read(readers);

        Assert.Equal(9, Read(readers, -1_000).MachineLoad);
    }

    [Fact]
    public void Read_withAReaderThatThrows_readsTheOthersAndNotesWhy()
    {
        var unavailable = new UnavailableFigures();
        using var readers = new MachineReaders(_time, unavailable, new ThrowingReader(), new ScriptedReader(Busy));

        Assert.Equal(4, Read(readers).MachineLoad);
        Assert.Equal("(ThrowingReader)", Assert.Single(unavailable.All).Figure);
    }

    [Fact]
    public void Read_afterDispose_repeatsNothing()
    {
        var readers = new MachineReaders(_time, new UnavailableFigures(), new ScriptedReader(Busy, default));
        Read(readers);

        readers.Dispose();

        Assert.Null(Read(readers).MachineLoad);
    }

    private ResourceReading Read(MachineReaders readers, int millisecondsLater = 0)
    {
        _time.Advance(TimeSpan.FromMilliseconds(millisecondsLater));
        var reading = default(ResourceReading);
        readers.Read(ref reading);
        return reading;
    }

    private sealed class ThrowingReader : IResourceReader
    {
        public void Read(ref ResourceReading reading) => throw new IOException("gone");

        public void Dispose()
        {
        }
    }
}

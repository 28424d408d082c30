namespace PerfKit.Sampling.Tests;

public sealed class DiskReaderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly UnavailableFigures _unavailable = new();
    private readonly Dictionary<string, Func<DiskSpace>> _disks = [];
    private readonly Queue<IThreadPoolWorkItem> _pool = new();

    [Fact]
    public void Read_ofSeveralDisks_tellsTheFullest()
    {
        Disk("/", used: 40, available: 60);
        Disk("/data", used: 95, available: 5);
        using DiskReader reader = Reader();

        Assert.Null(Read(reader)); // nothing has answered yet
        _pool.Dequeue().Execute();

        Assert.Equal(new DiskSpace("/data", 95, 5), Read(reader));
        Assert.Equal(95, Read(reader)!.UsedPercent);
    }

    [Fact]
    public void Read_withinTheCadence_asksOnce()
    {
        Disk("/", used: 1, available: 1);
        using DiskReader reader = Reader();

        Read(reader);
        _pool.Dequeue().Execute();
        _time.Advance(DiskReader.Cadence - TimeSpan.FromTicks(1));
        Read(reader);
        Assert.Empty(_pool);
        _time.Advance(TimeSpan.FromTicks(1));
        Read(reader);
        Assert.Single(_pool);
    }

    [Fact]
    public void Read_ofADiskThatHangs_asksNoMoreAndForgetsItsLastAnswer()
    {
        Disk("/", used: 1, available: 1);
        using DiskReader reader = Reader();
        Read(reader);
        _pool.Dequeue().Execute();
        _time.Advance(DiskReader.Cadence);
        Read(reader); // this question is never answered

        _time.Advance(DiskReader.Lifetime);

        Assert.Null(Read(reader));
        Assert.Single(_pool);
        Assert.Equal(nameof(ResourceSample.FullestDisk), Assert.Single(_unavailable.All).Figure);
    }

    [Fact]
    public void Read_ofADiskThatCannotBeRead_tellsTheOthersAndWhy()
    {
        Disk("/", used: 1, available: 3);
        _disks["/gone"] = () => throw new DriveNotFoundException("no such disk");
        using DiskReader reader = Reader();
        Read(reader);
        _pool.Dequeue().Execute();

        Assert.Equal("/", Read(reader)!.Path);
        Assert.Equal("/gone: no such disk", Assert.Single(_unavailable.All).Reason);
    }

    [Fact]
    public void UsedPercent_leavesOutWhatIsKeptForOthers_andADiskWithoutSpaceIsNotFull()
    {
        Assert.Equal(50, new DiskSpace("/", 40, 40).UsedPercent);
        Assert.Equal(0, new DiskSpace("/proc", 0, 0).UsedPercent);
    }

    [Fact]
    public void Sampler_withTheDiskOfThisTest_reads()
    {
        var options = new ResourceSamplerOptions { DiskPaths = { AppContext.BaseDirectory } };
        using var sampler = new ResourceSampler(options);

        Assert.True(SpinWait.SpinUntil(() => sampler.Sample().FullestDisk is not null, TimeSpan.FromSeconds(30)));
        Assert.InRange(sampler.Sample().FullestDisk!.UsedPercent, 0, 100);
    }

    [Fact]
    public void Options_withABlankDisk_areRefused() =>
        Assert.Throws<ArgumentException>(() => new ResourceSampler(new ResourceSamplerOptions { DiskPaths = { " " } }));

    private DiskReader Reader() => new(_disks.Keys, _time, _unavailable, path => _disks[path](), _pool.Enqueue);

    private void Disk(string path, long used, long available) => _disks[path] = () => new DiskSpace(path, used, available);

    private static DiskSpace? Read(DiskReader reader)
    {
        var reading = default(ResourceReading);
        reader.Read(ref reading);
        return reading.FullestDisk;
    }
}

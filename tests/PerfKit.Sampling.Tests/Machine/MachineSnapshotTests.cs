namespace PerfKit.Sampling.Tests;

public sealed class MachineSnapshotTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Since_recordedMachine_tellsEachDeviceByItself()
    {
        FakeFiles files = Machine("cpu  0 0 0 0 0 0 0 0\ncpu0 10 0 0 90 0 0 0 0\ncpu1 10 0 0 90 0 0 0 0\nintr 1\n", 1000, 5000);
        MachineSnapshot before = MachineSnapshot.Take(files, _time);
        _time.Advance(TimeSpan.FromSeconds(4));
        Machine("cpu  0 0 0 0 0 0 0 0\ncpu0 110 0 0 290 0 0 0 0\ncpu1 10 0 0 490 0 0 0 0\nintr 1\n", 1100, 5700, files);

        MachineActivity activity = MachineSnapshot.Take(files, _time).Since(before);

        Assert.Equal(TimeSpan.FromSeconds(4), activity.Window);
        Assert.Equal([(0, 100.0 / 3), (1, 0.0)], activity.ProcessorPercent.Select(processor => (processor.Key, processor.Value)));
        Assert.Equal(new DiskCounters(100 * 512, 0, 100, TimeSpan.FromMilliseconds(100)), activity.Disks["sda"]);
        Assert.Equal(new NetworkCounters(700, 0, 0, 0, 0), activity.Networks["eth0"]);
    }

    [Fact]
    public void Since_deviceCountedAnew_isLeftOut()
    {
        FakeFiles files = Machine("cpu  0 0 0 0 0 0 0 0\n", 1000, 5000);
        MachineSnapshot before = MachineSnapshot.Take(files, _time);
        _time.Advance(TimeSpan.FromSeconds(1));

        MachineActivity activity = MachineSnapshot.Take(Machine("cpu  0 0 0 0 0 0 0 0\n", 10, 5001, files), _time).Since(before);

        Assert.Empty(activity.Disks);
        Assert.Equal(["eth0"], activity.Networks.Keys);
    }

    [Fact]
    public void Since_laterSnapshot_isRefused()
    {
        FakeFiles files = Machine("", 1, 1);
        MachineSnapshot before = MachineSnapshot.Take(files, _time);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Throws<ArgumentException>(() => before.Since(MachineSnapshot.Take(files, _time)));
    }

    [Fact]
    public void Take_nothingReadable_isEmpty()
    {
        MachineSnapshot nothing = MachineSnapshot.Take(new FakeFiles().Without("/proc/stat", "/proc/diskstats", "/proc/net/dev"), _time);

        MachineActivity activity = nothing.Since(nothing);
        Assert.Empty(activity.ProcessorPercent);
        Assert.Empty(activity.Disks);
        Assert.Empty(activity.Networks);
    }

    [Fact]
    public void Take_thisMachine_hasItsProcessorsAndNetworks()
    {
        MachineSnapshot before = MachineSnapshot.Take();
        MachineActivity activity = MachineSnapshot.Take().Since(before);

        Assert.True(activity.Window >= TimeSpan.Zero);
        Assert.NotEmpty(activity.Networks);
    }

    private static FakeFiles Machine(string stat, long sectors, long received, FakeFiles? files = null) => (files ?? new FakeFiles())
        .With("/proc/stat", stat)
        .With("/proc/diskstats", $"   8       0 sda {sectors} 0 {sectors} 0 0 0 0 0 0 {sectors} 0\n")
        .With("/proc/net/dev", $"Inter-|\n face |\n  eth0: {received} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
}

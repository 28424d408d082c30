namespace PerfKit.Sampling.Tests;

public sealed class LinuxMachineReaderTests
{
    private static FakeFiles Machine() => new FakeFiles()
        .With("/proc/loadavg", "1.25 0.80 0.70 2/300 4711\n")
        .With("/proc/pressure/cpu", RecordedFile.Read("pressure.linux-5.4-cpu-composed"))
        .With("/proc/pressure/memory", RecordedFile.Read("pressure.linux-5.15-io-composed"))
        .With("/proc/pressure/io", RecordedFile.Read("pressure.linux-5.15-io-composed"))
        .With("/proc/self/cgroup", "0::/shop/web\n")
        .With("/proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
        .With("/sys/fs/cgroup/shop/web/cpu.stat", "usage_usec 1\nuser_usec 1\nsystem_usec 0\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n")
        .With("/sys/fs/cgroup/shop/cpu.stat", RecordedFile.Read("cpu-stat.linux-5.15-v2-throttled-composed"))
        .With("/sys/fs/cgroup/cpu.stat", RecordedFile.Read("cpu-stat.linux-5.15-v2-root-composed"));

    [Fact]
    public void Read_recordedMachine_givesEveryFigure()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxMachineReader(Machine(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(1.25, reading.MachineLoad);
        Assert.Equal(new PressureStall(TimeSpan.FromMicroseconds(48213377), null), reading.CpuPressure);
        Assert.Equal(new PressureStall(TimeSpan.FromMicroseconds(881237611), TimeSpan.FromMicroseconds(611402913)), reading.IoPressure);
        Assert.Equal(reading.IoPressure, reading.MemoryPressure);
        Assert.Equal(new CgroupThrottling(8211, 417, TimeSpan.FromMicroseconds(20918274)), reading.Throttling); // of the group with the quota
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_kernelWithoutPressure_givesTheRest()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxMachineReader(Machine().Without("/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.CpuPressure);
        Assert.Equal(1.25, reading.MachineLoad);
        Assert.Equal(3, unavailable.All.Count);
    }

    [Fact]
    public void Read_noQuotaAnywhere_saysWhy()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = Machine().Without("/sys/fs/cgroup/shop/web/cpu.stat", "/sys/fs/cgroup/shop/cpu.stat");
        using var reader = new LinuxMachineReader(files, unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.Throttling);
        Assert.Equal("CpuThrottledPercent, CpuThrottled", Assert.Single(unavailable.All).Figure);
    }

    [Theory]
    [InlineData("cpu-stat.linux-4.19-v1-throttled-composed", 1200, 300, 45_000)]
    [InlineData("cpu-stat.linux-6.18-v1-recorded", 0, 0, 0)]
    public void TryParse_version1_countsNanoseconds(string file, long periods, long throttled, int milliseconds)
    {
        Assert.True(CgroupThrottling.TryParse(RecordedFile.Read(file), out CgroupThrottling parsed));
        Assert.Equal(new CgroupThrottling(periods, throttled, TimeSpan.FromMilliseconds(milliseconds)), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1.00 0.00 0.00 1/1 1\n")]
    [InlineData("nan 0.00 0.00 1/1 1\n")]
    [InlineData("1,25 0.00 0.00 1/1 1\n")]
    [InlineData("1.2")]
    public void LoadAverage_rubbish_isRefused(string text) => Assert.False(LoadAverage.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void ResourceUsage_switchesOfThisProcess_grow()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(ResourceUsage.TryRead(out ResourceUsage before));
        using var done = new ManualResetEventSlim();
        var thread = new Thread(done.Set);
        thread.Start();
        thread.Join();
        done.Wait(TimeSpan.FromSeconds(30));

        Assert.True(ResourceUsage.TryRead(out ResourceUsage after));
        Assert.True(after.Voluntary + after.Involuntary > 0);
        Assert.True(after.Voluntary >= before.Voluntary && after.Involuntary >= before.Involuntary);
    }
}

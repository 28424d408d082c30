namespace PerfKit.Sampling.Tests;

public sealed class LinuxGroupReaderTests
{
    private static FakeFiles Version2() => FakeFiles.Linux()
        .With("/proc/self/cgroup", "0::/shop/web\n")
        .With("/sys/fs/cgroup/shop/web/cpu.stat", "usage_usec 5000000\nuser_usec 1\nsystem_usec 0\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n")
        .With("/sys/fs/cgroup/shop/cpu.stat", RecordedFile.Read("cpu-stat.linux-5.15-v2-throttled-composed"))
        .With("/sys/fs/cgroup/cpu.stat", RecordedFile.Read("cpu-stat.linux-5.15-v2-root-composed"))
        .With("/sys/fs/cgroup/shop/web/cpu.max", "max 100000\n").With("/sys/fs/cgroup/shop/cpu.max", "150000 100000\n").Without("/sys/fs/cgroup/cpu.max")
        .With("/sys/fs/cgroup/shop/web/memory.current", "104857600\n").With("/sys/fs/cgroup/shop/memory.current", "999999999\n").Without("/sys/fs/cgroup/memory.current")
        .With("/sys/fs/cgroup/shop/web/memory.max", "max\n").With("/sys/fs/cgroup/shop/memory.max", "536870912\n").Without("/sys/fs/cgroup/memory.max");

    private static FakeFiles Version1() => FakeFiles.Linux()
        .With("/proc/self/cgroup", RecordedFile.Read("cgroup.linux-4.19-v1-docker-composed"))
        .With("/proc/self/mountinfo", """
            40 30 0:34 /docker/4f0c /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
            41 30 0:35 /docker/4f0c /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory

            """)
        .With("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n").With("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
        .With("/sys/fs/cgroup/cpu,cpuacct/cpu.stat", RecordedFile.Read("cpu-stat.linux-4.19-v1-throttled-composed"))
        .With("/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "7000000000\n")
        .With("/sys/fs/cgroup/memory/memory.usage_in_bytes", "209715200\n")
        .With("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

    [Fact]
    public void Read_version2_givesTheGroupsOwnUseAndTheTightestLimits()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxGroupReader(Version2(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(1.5, reading.QuotaCores);
        Assert.Equal(new CgroupThrottling(8211, 417, TimeSpan.FromMicroseconds(20918274)), reading.Throttling); // of the group with the quota
        Assert.Equal(TimeSpan.FromSeconds(5), reading.ControlGroupCpu);
        Assert.Equal((104857600, 536870912), (reading.ControlGroupMemoryBytes, reading.ControlGroupMemoryLimitBytes));
        Assert.Equal(20_000, reading.OpenFileLimit);
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_version1_givesTheSameFigures()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxGroupReader(Version1(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.QuotaCores);
        Assert.Equal(new CgroupThrottling(1200, 300, TimeSpan.FromSeconds(45)), reading.Throttling);
        Assert.Equal(TimeSpan.FromSeconds(7), reading.ControlGroupCpu);
        Assert.Equal(209715200, reading.ControlGroupMemoryBytes);
        Assert.Null(reading.ControlGroupMemoryLimitBytes); // the number that stands for none
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_limitLowered_isSeenAfterThirtySamples()
    {
        FakeFiles files = Version2();
        using var reader = new LinuxGroupReader(files, new UnavailableFigures());
        ResourceReading reading = default;
        reader.Read(ref reading);
        files.With("/sys/fs/cgroup/shop/web/memory.max", "1048576\n");

        for (int i = 2; i <= CgroupQuota.SamplesBetweenReads; i++) reader.Read(ref reading);
        Assert.Equal(536870912, reading.ControlGroupMemoryLimitBytes);
        reader.Read(ref reading);
        Assert.Equal(1048576, reading.ControlGroupMemoryLimitBytes);
    }

    [Fact]
    public void Read_noGroupThatCounts_saysWhy()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxGroupReader(
            FakeFiles.Linux().Without("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.max"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.Throttling);
        Assert.Null(reading.ControlGroupCpu);
        Assert.Null(reading.ControlGroupMemoryBytes);
        Assert.Equal(
            ["ControlGroupCpuCores", "ControlGroupMemoryBytes, ControlGroupMemoryLimitBytes", "CpuThrottledPercent, CpuThrottled"],
            unavailable.All.Select(figure => figure.Figure).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dispose_afterReading_closesEveryFile()
    {
        FakeFiles files = Version2();
        var reader = new LinuxGroupReader(files, new UnavailableFigures());
        ResourceReading reading = default;
        reader.Read(ref reading);

        reader.Dispose();
        reader.Read(ref reading);
        Assert.Equal(0, files.StillOpen);
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
    [InlineData("max\n", true, null)]
    [InlineData("536870912\n", true, 536870912L)]
    [InlineData("9223372036854771712\n", true, null)]
    [InlineData("9223372036854775807\n", true, null)]
    [InlineData("", false, null)]
    [InlineData("-1\n", false, null)]
    [InlineData("5368709", false, null)] // cut off
    public void TryLimit_text_givesBytes(string text, bool isValid, long? bytes)
    {
        Assert.Equal(isValid, CgroupMemory.TryLimit(System.Text.Encoding.UTF8.GetBytes(text), out long? limit));
        Assert.Equal(bytes, limit);
    }
}

using System.Text;

namespace PerfKit.Sampling.Tests;

public sealed class CgroupTests
{
    [Theory]
    [InlineData("150000 100000\n", 1.5)]
    [InlineData("1000 1000000\n", 0.001)]
    [InlineData("max 100000\n", null)]
    public void TryParseMax_kernelFormat_givesCores(string text, double? cores)
    {
        Assert.True(CgroupCpu.TryParseMax(Encoding.UTF8.GetBytes(text), out double? parsed));
        Assert.Equal(cores, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("max\n")]
    [InlineData("maximum 100000\n")]
    [InlineData("150000 100000")]   // cut off
    [InlineData("150000 0\n")]
    [InlineData("0 100000\n")]
    [InlineData("-1 100000\n")]     // version 1's word for no limit
    public void TryParseMax_rubbish_returnsFalse(string text) => Assert.False(CgroupCpu.TryParseMax(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("-1\n", "100000\n", true, null)]
    [InlineData("50000\n", "100000\n", true, 0.5)]
    [InlineData("50000\n", "0\n", false, null)]
    [InlineData("50000\n", "", false, null)]
    [InlineData("-2\n", "100000\n", false, null)]
    [InlineData("", "100000\n", false, null)]
    public void TryParseQuota_quotaAndPeriod_giveCores(string quota, string period, bool valid, double? cores)
    {
        Assert.Equal(valid, CgroupCpu.TryParseQuota(Encoding.UTF8.GetBytes(quota), Encoding.UTF8.GetBytes(period), out double? parsed));
        Assert.Equal(cores, parsed);
    }

    [Theory]
    [InlineData("linux-4.19-v1-docker-composed", 1, "/docker/4f0c")]
    [InlineData("linux-4.19-v1-docker-composed", 2, "/system.slice/containerd.service")]
    [InlineData("linux-5.15-v2-service-composed", 2, "/system.slice/shop.service/web")]
    [InlineData("linux-5.15-v2-service-composed", 1, null)]
    [InlineData("linux-6.18-hybrid-recorded", 1, "/")]
    public void TryFindPath_recorded_findsTheGroup(string file, int version, string? expected)
    {
        Assert.Equal(expected is not null, CgroupLocation.TryFindPath(RecordedFile.Read("cgroup." + file), version, out string path));
        Assert.Equal(expected ?? "", path);
    }

    [Theory]
    [InlineData("linux-4.19-v1-docker-composed", 1, "/docker/4f0c", "/sys/fs/cgroup/cpu,cpuacct")]
    [InlineData("linux-4.19-v1-docker-composed", 1, "/docker/4f0c/inner", "/sys/fs/cgroup/cpu,cpuacct/inner /sys/fs/cgroup/cpu,cpuacct")]
    [InlineData("linux-4.19-v1-docker-composed", 1, "/docker/4f0cd", "/sys/fs/cgroup/cpu,cpuacct")]   // not below the root: fall back
    [InlineData("linux-4.19-v1-docker-composed", 2, "/", "")]                                         // not mounted
    [InlineData("linux-5.15-v2-service-composed", 2, "/", "/sys/fs/cgroup")]
    [InlineData("linux-5.15-v2-service-composed", 2, "/../../other", "/sys/fs/cgroup")]               // outside its namespace
    [InlineData("linux-5.15-v2-service-composed", 2, "/system.slice/shop.service/web",
        "/sys/fs/cgroup/system.slice/shop.service/web /sys/fs/cgroup/system.slice/shop.service /sys/fs/cgroup/system.slice /sys/fs/cgroup")]
    [InlineData("linux-6.18-hybrid-recorded", 1, "/", "/sys/fs/cgroup/cpu")]
    [InlineData("linux-6.18-hybrid-recorded", 2, "/", "/sys/fs/cgroup/unified")]
    public void Folders_recorded_goFromTheGroupToTheMount(string file, int version, string path, string expected) =>
        Assert.Equal(expected, string.Join(' ', CgroupLocation.Folders(RecordedFile.Read("mountinfo." + file), version, path)));

    [Fact]
    public void Folders_escapedMountPoint_isUnescaped() => Assert.Equal(
        ["/mnt/control groups"],
        CgroupLocation.Folders(@"1 1 0:1 / /mnt/control\040groups rw - cgroup2 cgroup2 rw"u8, 2, "/"));

    [Fact]
    public void Folders_endlessPath_isBounded() => Assert.Equal(
        CgroupLocation.MaxDepth,
        CgroupLocation.Folders("1 1 0:1 / /c rw - cgroup2 cgroup2 rw"u8, 2, string.Concat(Enumerable.Repeat("/a", 1000))).Count);

    [Fact]
    public void Cores_quotasUpTheHierarchy_givesTheTightest()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = new FakeFiles()
            .With("/proc/self/cgroup", RecordedFile.Read("cgroup.linux-5.15-v2-service-composed"))
            .With("/proc/self/mountinfo", RecordedFile.Read("mountinfo.linux-5.15-v2-service-composed"))
            .With("/sys/fs/cgroup/system.slice/shop.service/web/cpu.max", "max 100000\n")
            .With("/sys/fs/cgroup/system.slice/shop.service/cpu.max", "50000 100000\n")
            .With("/sys/fs/cgroup/system.slice/cpu.max", "200000 100000\n")
            .Without("/sys/fs/cgroup/cpu.max"); // the root group has none
        using var quota = new CgroupQuota(files, unavailable);

        Assert.Equal(0.5, quota.Cores());
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Cores_version1_dividesQuotaByPeriod()
    {
        FakeFiles files = new FakeFiles { MaxRead = 100 } // the files are longer: they come in pieces
            .With("/proc/self/cgroup", RecordedFile.Read("cgroup.linux-4.19-v1-docker-composed"))
            .With("/proc/self/mountinfo", RecordedFile.Read("mountinfo.linux-4.19-v1-docker-composed"))
            .With("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "250000\n")
            .With("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        using var quota = new CgroupQuota(files, new UnavailableFigures());

        Assert.Equal(2.5, quota.Cores());
    }

    [Fact]
    public void Cores_quotaChanged_isSeenAfterThirtyCalls()
    {
        FakeFiles files = FakeFiles.Linux();
        using var quota = new CgroupQuota(files, new UnavailableFigures());
        Assert.Equal(1.5, quota.Cores());
        files.With("/sys/fs/cgroup/cpu.max", "max 100000\n");

        for (int call = 2; call <= CgroupQuota.SamplesBetweenReads; call++) Assert.Equal(1.5, quota.Cores());
        Assert.Null(quota.Cores());
    }

    [Fact]
    public void Cores_quotaOfRubbish_isNullAndNoted()
    {
        var unavailable = new UnavailableFigures();
        using var quota = new CgroupQuota(FakeFiles.Linux().With("/sys/fs/cgroup/cpu.max", "lots\n"), unavailable);

        Assert.Null(quota.Cores());
        Assert.Equal("AvailableCores", Assert.Single(unavailable.All).Figure);
    }

    [Fact]
    public void Dispose_afterOpening_closesEveryFile()
    {
        FakeFiles files = FakeFiles.Linux();
        var quota = new CgroupQuota(files, new UnavailableFigures());
        Assert.Equal(1, files.StillOpen);

        quota.Dispose();
        Assert.Equal(0, files.StillOpen);
    }
}

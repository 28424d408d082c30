using System.Text;

namespace PerfKit.Sampling.Tests;

public sealed class MachineFilesTests
{
    [Fact]
    public void DiskStats_recorded_givesEachDevice()
    {
        ReadOnlySpan<byte> text = RecordedFile.Read("diskstats.linux-5.15-composed");
        var disks = new Dictionary<string, DiskCounters>();
        while (DiskStats.TryNext(ref text, out DiskStats disk)) disks.Add(Encoding.UTF8.GetString(disk.Name), disk.Counters);

        Assert.Equal(["loop0", "sda", "sda1", "nvme0n1", "dm-0"], disks.Keys);
        Assert.Equal(new DiskCounters(16000 * 512, 24000 * 512, 1200, TimeSpan.FromMilliseconds(250)), disks["nvme0n1"]); // of a kernel with fewer columns
    }

    [Theory]
    [InlineData("")]
    [InlineData("8 0 sda 1 0 1 1 1 0 1 1 0 1 1")]                                        // cut off
    [InlineData("8 0 sda 1 0 1 1 1 0 1\n")]
    [InlineData("8 0 sda -1 0 1 1 1 0 1 1 0 1 1\n")]
    [InlineData("8 0 sda 1 0 9223372036854775807 1 1 0 1 1 0 1 1\n")]
    [InlineData("8 0 sda 1 0 1 1 1 0 1 1 0 922337203685476 1\n")]                            // two such would not add up
    public void DiskStats_rubbish_isRefused(string line)
    {
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(line);
        Assert.False(DiskStats.TryNext(ref text, out _));
    }

    [Fact]
    public void NetDev_recorded_givesEachInterface()
    {
        ReadOnlySpan<byte> text = RecordedFile.Read("net-dev.linux-5.15-composed");
        var networks = new Dictionary<string, NetworkCounters>();
        while (NetDev.TryNext(ref text, out NetDev network)) networks.Add(Encoding.UTF8.GetString(network.Name), network.Counters);

        Assert.Equal(["lo", "eth0", "docker0", "veth1a2b3c4"], networks.Keys);
        Assert.Equal(new NetworkCounters(5000000, 2000000, 7000, 4, 9), networks["eth0"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0")]                                // cut off
    [InlineData("eth0: 1 2 3 4 0 0 0 0 5 6 7\n")]
    [InlineData(": 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n")]
    [InlineData("eth0: 9223372036854775807 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n")]
    public void NetDev_rubbish_isRefused(string line)
    {
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(line);
        Assert.False(NetDev.TryNext(ref text, out _));
    }

    [Fact]
    public void NetDev_noSpaceAfterTheColon_isRead() // as kernels before 2.6.38 wrote long numbers
    {
        ReadOnlySpan<byte> text = "  eth0:12345 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n"u8;
        Assert.True(NetDev.TryNext(ref text, out NetDev network));
        Assert.Equal(12345, network.Counters.ReceivedBytes);
    }

    [Fact]
    public void ProcStat_recorded_givesEachProcessor()
    {
        ReadOnlySpan<byte> text = RecordedFile.Read("stat.linux-6.18-recorded");
        var processors = new List<int>();
        while (ProcStat.TryNextProcessor(ref text, out int processor, out MachineCpuTicks ticks))
        {
            processors.Add(processor);
            Assert.True(ticks.Total >= ticks.Busy && ticks.Busy > 0);
        }

        Assert.Equal([0, 1], processors);
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files     \n", true, 1024L)]
    [InlineData("Max cpu time              unlimited            unlimited            seconds   \nMax open files            unlimited            unlimited            files     \n", true, null)]
    [InlineData("Max open files            10", false, null)]
    [InlineData("Max processes             1024                 2048                 processes \n", false, null)]
    [InlineData("Max open files            -5                   -5                   files     \n", false, null)]
    public void Limits_text_givesOpenFiles(string text, bool isValid, long? count)
    {
        Assert.Equal(isValid, ProcPidLimits.TryParseOpenFiles(Encoding.UTF8.GetBytes(text), out long? parsed));
        Assert.Equal(count, parsed);
    }

    [Theory]
    [InlineData("usage_usec 1500000\nuser_usec 1\n", true, 1500)]
    [InlineData("1500000000\n", true, 1500)]
    [InlineData("usage_usec 9223372036854775807\n", false, 0)]
    [InlineData("15000", false, 0)]
    [InlineData("", false, 0)]
    public void CgroupCpu_eitherVersion_givesTime(string text, bool isValid, int milliseconds)
    {
        Assert.Equal(isValid, CgroupCpu.TryParseUsed(Encoding.UTF8.GetBytes(text), out TimeSpan used));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), used);
    }
}

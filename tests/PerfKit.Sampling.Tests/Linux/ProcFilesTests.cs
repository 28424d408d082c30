using System.Text;

namespace PerfKit.Sampling.Tests;

/// <summary>The parsers of /proc/[pid]/io, /proc/stat and /proc/meminfo.</summary>
public sealed class ProcFilesTests
{
    [Fact]
    public void ProcPidIo_recorded_givesItsSixFigures()
    {
        Assert.True(ProcPidIo.TryParse(RecordedFile.Read("pid-io.linux-4.19-composed"), out ProcPidIo old));
        Assert.Equal(new ProcPidIo(323934931, 323929600, 632687, 632675, 4096, 323932160), old);

        Assert.True(ProcPidIo.TryParse(RecordedFile.Read("pid-io.linux-6.18-recorded"), out ProcPidIo recent));
        Assert.Equal(new ProcPidIo(6976, 0, 10, 0, 0, 0), recent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\n")]                                             // no storage figures
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6")]                // the 6 may go on
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\ncancelled_write_bytes: 6\n")]    // ends like another label
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 9223372036854775807\nsyscw: 1\nread_bytes: 5\nwrite_bytes: 6\n")] // calls are added up
    [InlineData("rchar: one\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n")]
    [InlineData("rchar:\n1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n")]
    [InlineData("rchar: 99999999999999999999\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n")]
    public void ProcPidIo_rubbish_returnsFalse(string io) => Assert.False(ProcPidIo.TryParse(Encoding.UTF8.GetBytes(io), out _));

    [Fact]
    public void ProcStat_recorded_addsUpTheFirstLine()
    {
        Assert.True(ProcStat.TryParse(RecordedFile.Read("stat.linux-4.19-composed"), out MachineCpuTicks ticks));

        const long Busy = 10132153 + 290696 + 3084719 + 0 + 25195 + 175; // guest time is in user time already
        Assert.Equal(new MachineCpuTicks(Busy, Busy + 46828483 + 16683), ticks);
        Assert.True(ProcStat.TryParse(RecordedFile.Read("stat.linux-6.18-recorded"), out ticks));
        Assert.Equal(new MachineCpuTicks(16135 + 6374 + 136 + 46, 16135 + 6374 + 136 + 46 + 365535 + 1003), ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8 9 10\n")]        // one processor is not all
    [InlineData("cpu  1 2 3 4 5 6 7\n")]               // no steal: a kernel older than .NET runs on
    [InlineData("cpu  1 2 3 4 5 6 7 8")]
    [InlineData("cpu  1 2 3 -4 5 6 7 8 0 0\n")]
    [InlineData("cpu  9223372036854775807 9223372036854775807 1 1 1 1 1 1 0 0\n")]
    public void ProcStat_rubbish_returnsFalse(string stat) => Assert.False(ProcStat.TryParse(Encoding.UTF8.GetBytes(stat), out _));

    [Fact]
    public void BootTime_recorded_isFoundBehindTheInterrupts()
    {
        Assert.True(ProcStat.TryParseBootTime(RecordedFile.Read("stat.linux-4.19-composed"), out DateTimeOffset boot));

        Assert.Equal(new DateTimeOffset(2018, 12, 27, 13, 0, 0, TimeSpan.Zero), boot);
        Assert.True(ProcStat.TryParseBootTime(RecordedFile.Read("stat.linux-6.18-recorded"), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("btime \n")]
    [InlineData("btime 99999999999999\n")]
    [InlineData("cpu 1 2 btime 5\n")]
    public void BootTime_rubbish_returnsFalse(string stat) =>
        Assert.False(ProcStat.TryParseBootTime(Encoding.UTF8.GetBytes(stat), out _));

    [Fact]
    public void MemInfo_recorded_givesBytes()
    {
        Assert.True(MemInfo.TryParse(RecordedFile.Read("meminfo.linux-4.19-composed"), out long available));

        Assert.Equal(9312044L * 1024, available);
        Assert.True(MemInfo.TryParse(RecordedFile.Read("meminfo.linux-6.18-recorded"), out _));
    }

    [Fact]
    public void MemInfo_beforeLinux314_returnsFalse() =>
        Assert.False(MemInfo.TryParse(RecordedFile.Read("meminfo.linux-3.10-without-available-composed"), out _));

    [Theory]
    [InlineData("")]
    [InlineData("MemAvailable: 12")]
    [InlineData("MemAvailable: 12 MB\n")]
    [InlineData("MemAvailable: 12\n")]
    [InlineData("MemAvailable: 9223372036854775807 kB\n")]
    public void MemInfo_rubbish_returnsFalse(string memInfo) => Assert.False(MemInfo.TryParse(Encoding.UTF8.GetBytes(memInfo), out _));
}

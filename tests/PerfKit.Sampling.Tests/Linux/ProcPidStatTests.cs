using System.Text;

namespace PerfKit.Sampling.Tests;

public sealed class ProcPidStatTests
{
    [Theory]
    [InlineData("linux-4.19-composed", 2817, "dotnet", 2790, 21670, 23, 4129770, 24811)]
    [InlineData("linux-5.15-name-with-parentheses-composed", 90211, "(a) b) c", 1, 180, 4, 88123450, 377)]
    [InlineData("linux-5.15-kernel-thread-composed", 2, "kthreadd", 0, 10, 1, 40, 0)]
    [InlineData("linux-6.18-recorded", 1, "init", 0, null, 13, 240, null)]
    public void TryParse_recordedLine_givesItsFields(
        string file, int id, string name, int parent, int? cpuMilliseconds, int threads, long startMilliseconds, int? pages)
    {
        Assert.True(ProcPidStat.TryParse(RecordedFile.Read("pid-stat." + file), out ProcPidStat stat));

        Assert.Equal(id, stat.Id);
        Assert.Equal(name, Encoding.UTF8.GetString(stat.Name));
        Assert.Equal(parent, stat.ParentId);
        if (cpuMilliseconds is { } expected) Assert.Equal(TimeSpan.FromMilliseconds(expected), stat.CpuTime);
        Assert.Equal(threads, stat.Threads);
        Assert.Equal(TimeSpan.FromMilliseconds(startMilliseconds), stat.StartedAfterBoot);
        if (pages is { } expectedPages) Assert.Equal(expectedPages, stat.ResidentPages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("()")]
    [InlineData("1 ()")]
    [InlineData("1 )init( S 0 0 0 0 0 0 0 0 0 0 1 1 0 0 20 0 1 0 1 1 1 \n")]                // parentheses the wrong way round
    [InlineData("x (init) S 0 0 0 0 0 0 0 0 0 0 1 1 0 0 20 0 1 0 1 1 1 \n")]                // no id
    [InlineData("1 (init) S 0 0 0 0 0 0 0 0 0 0 1 1 0 0 20 0 1 0 1 1 1")]                   // cut off inside the last field
    [InlineData("1 (init) S 0 0 0 0 0 0 0 0 0 0 -1 1 0 0 20 0 1 0 1 1 1 \n")]               // negative time
    [InlineData("1 (init) S 0 0 0 0 0 0 0 0 0 0 9223372036854775807 1 0 0 20 0 1 0 1 1 1 \n")] // longer than the world
    [InlineData("1 (init) S 0 0 0 0 0 0 0 0 0 0 1 1 0 0 20 0 99999999999 0 1 1 1 \n")]      // more threads than can be
    [InlineData("4294967296 (init) S 0 0 0 0 0 0 0 0 0 0 1 1 0 0 20 0 1 0 1 1 1 \n")]
    public void TryParse_rubbish_returnsFalse(string line) =>
        Assert.False(ProcPidStat.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void TryParse_nameOfAnyBytes_keepsThem()
    {
        byte[] line = [.. "7 ("u8, 0xC3, 0x28, (byte)'\n', (byte)')', .. ") S 1 0 0 0 0 0 0 0 0 0 1 2 0 0 20 0 3 0 4 5 6 7\n"u8];

        Assert.True(ProcPidStat.TryParse(line, out ProcPidStat stat));
        Assert.Equal(new byte[] { 0xC3, 0x28, (byte)'\n', (byte)')' }, stat.Name.ToArray());
        Assert.Equal(6, stat.ResidentPages);
    }
}

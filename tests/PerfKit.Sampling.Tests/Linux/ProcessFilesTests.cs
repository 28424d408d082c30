using System.Text;

namespace PerfKit.Sampling.Tests;

public sealed class ProcessFilesTests
{
    private const string Docker = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("linux-5.15-v2-kubernetes-composed", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("linux-4.19-v1-docker-in-docker-composed", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("linux-6.18-hybrid-recorded", null)]
    [InlineData("linux-5.15-v2-service-composed", null)]
    public void ContainerId_recordedGroups_isTheInnermost(string file, string? expected) =>
        Assert.Equal(expected, ContainerId.Find(RecordedFile.Read("cgroup." + file)));

    [Theory]
    [InlineData("0::/docker/" + Docker + "\n", Docker)]
    [InlineData("0::/machine.slice/libpod-" + Docker + ".scope/container\n", Docker)]
    [InlineData("0::/docker/" + Docker + "a\n", null)]     // 65 digits are no id
    [InlineData("0::/docker/" + Docker, null)]             // cut off: perhaps it goes on
    [InlineData("0::/user.slice/user-1000.slice\n", null)]
    [InlineData("", null)]
    public void ContainerId_groups_areTold(string cgroup, string? expected) => Assert.Equal(expected, ContainerId.Find(Encoding.UTF8.GetBytes(cgroup)));

    [Theory]
    [InlineData("dotnet", "/usr/bin/dotnet\0app.dll\0", "dotnet")]
    [InlineData("gnome-session-b", "/usr/libexec/gnome-session-binary\0--session\0", "gnome-session-binary")]
    [InlineData("gnome-session-b", "something else\0", "gnome-session-b")]   // it has renamed itself
    [InlineData("gnome-session-b", "/usr/libexec/gnome-session-bin", "gnome-session-b")] // cut off
    [InlineData("kworker/u8:2-ev", "", "kworker/u8:2-ev")]                    // a thread of the kernel has none
    [InlineData("(sd) näme (1)", "", "(sd) näme (1)")]
    [InlineData("a\n\u001B[31mb", "", "a\\n\uFFFD[31mb")]                       // would write lines and colors of its own
    [InlineData("fifteen-letters", "/x/fifteen-letters\r\n\0", "fifteen-letters\uFFFD\\n")]
    public void CommandName_cutByTheKernel_isCompleted(string shortName, string commandLine, string expected) =>
        Assert.Equal(expected, CommandName.Of(Encoding.UTF8.GetBytes(shortName), Encoding.UTF8.GetBytes(commandLine)));

    [Fact]
    public void TcpTable_recorded_listenersComeFirst()
    {
        ReadOnlySpan<byte> text = RecordedFile.Read("tcp.linux-5.15-composed");
        var found = new List<(int Port, long Socket)>();
        while (AsciiFields.TryNextLine(ref text, out ReadOnlySpan<byte> line))
        {
            if (TcpTable.IsHeading(line)) continue;
            if (!TcpTable.TryParseListener(line, out int port, out long socket)) break;
            found.Add((port, socket));
        }

        Assert.Equal([(8080, 41001), (22, 20002)], found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41001")] // cut off
    [InlineData("   0: 0100007F:1F9 00000000:0000 0A 0:0 0:0 0 1000 0 41001 1\n")]
    [InlineData("   0: 0100007F:1F9G 00000000:0000 0A 0:0 0:0 0 1000 0 41001 1\n")]
    [InlineData("   0: 0100007F:1F90 00000000:0000 01 0:0 0:0 0 1000 0 41001 1\n")]   // a connection
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 1000 0 x 1\n")]
    public void TcpTable_noListener_isRefused(string line) => Assert.False(TcpTable.TryParseListener(Encoding.UTF8.GetBytes(line), out _, out _));

    [Theory]
    [InlineData("812345 24811 9000 20 0 100000 0\n", true, 24811)]
    [InlineData("0 0 0 0 0 0 0\n", true, 0)]                 // a thread of the kernel
    [InlineData("812345 24811", false, 24811)]
    [InlineData("812345 -1 0\n", false, -1)]
    [InlineData("", false, 0)]
    public void Statm_text_givesPages(string text, bool isValid, long pages)
    {
        Assert.Equal(isValid, ProcPidStatm.TryParse(Encoding.UTF8.GetBytes(text), out long parsed));
        if (isValid) Assert.Equal(pages, parsed);
    }
}

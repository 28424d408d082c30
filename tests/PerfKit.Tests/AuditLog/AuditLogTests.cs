using System.Text;
using Microsoft.Extensions.Logging;

namespace PerfKit.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_intoAMissingFolder_makesIt()
    {
        string path = Path.Combine(_folder.Path, "deep", "er", "audit.log");
        Append(Log(path), "one", "two");

        Assert.Equal("one\ntwo\n", File.ReadAllText(path));
    }

    [Fact]
    public void Append_beyondTheSize_setsFilesAsideAndKeepsTheNewest()
    {
        string path = _folder["audit.log"];
        AuditLog log = Log(path, maxBytes: 10, kept: 2);
        Append(log, "aaaaaa", "bbbbbb", "cccccc", "dddddd");

        Assert.Equal("dddddd\n", File.ReadAllText(path));
        Assert.Equal("cccccc\n", File.ReadAllText(path + ".1"));
        Assert.Equal("bbbbbb\n", File.ReadAllText(path + ".2"));
        Assert.False(File.Exists(path + ".3"));
    }

    [Fact]
    public void Append_keepingNoFiles_beginsAnew()
    {
        string path = _folder["audit.log"];
        Append(Log(path, maxBytes: 10, kept: 0), "aaaaaa", "bbbbbb");

        Assert.Equal("bbbbbb\n", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Append_ofALineLargerThanTheSize_keepsItWhole()
    {
        string path = _folder["audit.log"];
        Append(Log(path, maxBytes: 10, kept: 1), new string('x', 50));

        Assert.Equal(51, new FileInfo(path).Length);
    }

    [Fact]
    public void Append_afterATornLine_beginsANewOne()
    {
        string path = _folder["audit.log"];
        File.WriteAllText(path, "whole\nto");
        Append(Log(path), "next");

        Assert.Equal("whole\nto\nnext\n", File.ReadAllText(path));
    }

    [Fact]
    public void Append_whereTheFileCannotBe_warnsOnceAndCountsWhatIsLost()
    {
        string path = _folder["audit.log"];
        Directory.CreateDirectory(path); // a folder stands where the file should be
        AuditLog log = Log(path);
        Append(log, "one", "two", "three");

        Assert.Equal(3, log.LostLines);
        Assert.Single(_logger.Messages, message => message.Level == LogLevel.Warning);
    }

    [Fact]
    public void Append_whenTheFileCanBeWrittenAgain_saysSo()
    {
        string path = _folder["audit.log"];
        Directory.CreateDirectory(path);
        AuditLog log = Log(path);
        Append(log, "lost");
        Directory.Delete(path);
        Append(log, "kept");

        Assert.Equal("kept\n", File.ReadAllText(path));
        Assert.Contains(_logger.Messages, message => message.Message.Contains("1 lines were lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Append_toAFullDisk_isLostAndHarmless()
    {
        if (!File.Exists("/dev/full"))
            return;
        AuditLog log = Log("/dev/full");
        Append(log, "one", "two");

        Assert.Equal(2, log.LostLines);
    }

    [Fact]
    public void Append_fromManyThreads_keepsEveryLineWhole()
    {
        string path = _folder["audit.log"];
        AuditLog log = Log(path, maxBytes: 1 << 20);
        Parallel.For(0, 200, i => Append(log, $"line {i} end"));

        string[] lines = File.ReadAllLines(path);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"line {i} end").Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Append_fromSeveralLogsOfOneFile_losesAndTearsNothing()
    {
        string path = _folder["audit.log"];
        AuditLog[] logs = Enumerable.Range(0, 4).Select(_ => Log(path, maxBytes: 1 << 20)).ToArray();
        Parallel.ForEach(logs, log =>
        {
            for (int i = 0; i < 50; i++)
                Append(log, $"line {i} of one of four logs");
        });

        string[] lines = File.ReadAllLines(path);
        Assert.Equal(200, lines.Length);
        Assert.All(lines.GroupBy(line => line), same => Assert.Equal(4, same.Count()));
        Assert.All(logs, log => Assert.Equal(0, log.LostLines));
    }

    private AuditLog Log(string path, long maxBytes = 4096, int kept = 4) => new(path, maxBytes, kept, _logger);

    private static void Append(AuditLog log, params string[] lines)
    {
        foreach (string line in lines)
            log.Append(Encoding.UTF8.GetBytes(line));
    }
}

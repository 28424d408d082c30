using System.Text;
using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class ThreadFilesTests
{
    [Fact]
    public void TryParse_ofARecordedIoFile_takesBytesAndCalls()
    {
        ReadOnlySpan<byte> recorded = "rchar: 6990\nwchar: 14\nsyscr: 12\nsyscw: 1\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n"u8;

        Assert.True(ThreadIo.TryParse(recorded, out ThreadIo io));
        Assert.Equal(new ThreadIo(6990, 14, 13), io);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 3\n")]
    [InlineData("rchar: 1\nwchar: two\nsyscr: 3\nsyscw: 4\n")]
    [InlineData("rchar: -1\nwchar: 2\nsyscr: 3\nsyscw: 4\n")]
    [InlineData("rchar: 1\nwchar: 2\nsyscr: 9223372036854775807\nsyscw: 9223372036854775807\n")] // they are added up
    [InlineData("rchar: 99999999999999999999\nwchar: 2\nsyscr: 3\nsyscw: 4\n")]
    public void TryParse_ofAnythingElse_saysNo(string text) =>
        Assert.False(ThreadIo.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("781213 5778 4\n", 5778L)]
    [InlineData("0 0 0\n", 0L)]
    [InlineData("", null)]
    [InlineData("781213", null)]
    [InlineData("781213 x 4", null)]
    public void TryParseQueued_takesTheSecondNumber(string text, long? expected)
    {
        bool isParsed = ThreadFiles.TryParseQueued(Encoding.UTF8.GetBytes(text), out long queued);

        Assert.Equal(expected, isParsed ? queued : null);
    }

    [Fact]
    public void TryParse_ofAnyBytes_neverThrows() => Prop.ForAll<byte[]>(bytes =>
    {
        Assert.True(ThreadIo.TryParse(bytes, out ThreadIo io) || io == default);
        Assert.True(ThreadFiles.TryParseQueued(bytes, out long queued) || queued <= 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Open_ofThisThread_readsGrowingFigures()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using ThreadFiles files = ThreadFiles.Open(ThreadClock.CurrentThreadId())!;
        Assert.True(files.TryReadIo(out ThreadIo before, isOwner: true));
        File.ReadAllBytes("/proc/self/status");
        Assert.True(files.TryReadIo(out ThreadIo after, isOwner: true));

        Assert.True(after.Operations > before.Operations);
    }

    [Fact]
    public void Open_whereThereAreNoSuchFiles_throwsNothingInsideTheHost()
    {
        int thrown = 0, here = Environment.CurrentManagedThreadId;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e) => thrown += Environment.CurrentManagedThreadId == here ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        using ThreadFiles? files = ThreadFiles.Open(int.MaxValue);
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.Equal(0, thrown);
        Assert.False(files?.TryReadIo(out _, isOwner: false) ?? false);
    }
}

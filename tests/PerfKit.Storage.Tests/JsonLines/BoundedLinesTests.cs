using FsCheck;

namespace PerfKit.Storage.Tests;

public sealed class BoundedLinesTests
{
    [Fact]
    public void ReadAsync_ofAnyText_givesTheLinesOfIt() => Prop.ForAll<NonNull<string>>(text =>
    {
        string content = text.Get.Replace('\r', ' ');
        string[] expected = content.Length == 0 ? [] : content.EndsWith('\n') ? content[..^1].Split('\n') : content.Split('\n');

        Assert.Equal(expected, Read(content));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadAsync_ofALineTooLong_passesOverItAlone()
    {
        string content = "first\n" + new string('x', BoundedLines.MaxLength + 1) + "\nlast";

        Assert.Equal(["first", null, "last"], Read(content));
    }

    [Fact]
    public void ReadAsync_ofTheLongestLine_keepsIt() =>
        Assert.Equal(BoundedLines.MaxLength, Assert.Single(Read(new string('x', BoundedLines.MaxLength)))!.Length);

    private static List<string?> Read(string content)
    {
        using var reader = new StringReader(content);
        return BoundedLines.ReadAsync(reader, CancellationToken.None).ToBlockingEnumerable().ToList();
    }
}

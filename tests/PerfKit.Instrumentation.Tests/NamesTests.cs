namespace PerfKit.Instrumentation.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData(null, "(unnamed)")]
    [InlineData(" ", "(unnamed)")]
    [InlineData("rocket 🚀", "rocket 🚀")]
    public void Clean_usualName_isAsItIs(string? name, string expected) => Assert.Equal(expected, Names.Clean(name));

    [Fact]
    public void Clean_halfOfASurrogatePair_isReplaced()
    {
        Assert.Equal("half \ufffd", Names.Clean("half \ud83d"));      // no theory: its data would be replaced already
        Assert.Equal("\ufffd half", Names.Clean("\ude80 half"));
    }

    [Theory]
    [InlineData("x", 256)]
    [InlineData("", 255)]       // the cut would tear a pair
    public void Clean_longName_isCutBetweenCharacters(string start, int length)
    {
        string name = Names.Clean(start + string.Concat(Enumerable.Repeat("🚀", 200)));

        Assert.Equal(length, name.Length);
        Assert.EndsWith("🚀…", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_messageWithHalfOfAPair_isValidUnicode() =>
        Assert.Equal("System.TimeoutException: \ufffd", Names.Describe(new TimeoutException("\ud83d")));
}

using System.Text.Json;

namespace PerfKit.Analysis.Tests;

public sealed class RuleIdTests
{
    [Theory]
    [InlineData("PK0001", "PK0001")]
    [InlineData("pk9999", "PK9999")]
    [InlineData("PK0000", null)]
    [InlineData("PK00001", null)]
    [InlineData("PK001", null)]
    [InlineData("XX0001", null)]
    [InlineData("PK٠٠٠١", null)]
    [InlineData(null, null)]
    public void TryParse_takesTwoLettersAndFourDigits(string? text, string? expected) =>
        Assert.Equal(expected, RuleId.TryParse(text, null, out RuleId rule) ? rule.ToString() : null);

    [Fact]
    public void Json_isTheText_andRefusesAnyOther()
    {
        Assert.Equal("\"PK0004\"", JsonSerializer.Serialize(Rule.IoBound));
        Assert.Equal(Rule.IoBound, JsonSerializer.Deserialize<RuleId>("\"PK0004\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RuleId>("4"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RuleId>("\"PK\""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Constructor_outsideItsRange_isRefused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuleId(number));

    /// <summary>Ids are promises to suppressions and links: this test changes only by lines added.</summary>
    [Fact]
    public void Rules_keepTheirIds() => Assert.Equal(
        ["PK0001", "PK0002", "PK0004", "PK0005", "PK0006", "PK0011"],
        new[] { Rule.StartupSlow, Rule.CpuIntensive, Rule.IoBound, Rule.ResourceContention, Rule.BlockingOperation, Rule.MemoryPressure }.Select(rule => rule.ToString()));
}

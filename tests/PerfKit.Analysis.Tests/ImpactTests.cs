using FsCheck;

namespace PerfKit.Analysis.Tests;

public sealed class ImpactTests
{
    [Theory]
    [InlineData(79.9, Severity.Low, 0)]
    [InlineData(80, Severity.Medium, 29.3)]
    [InlineData(90, Severity.High, 64.6)]
    [InlineData(100, Severity.Critical, 82.3)]
    public void Score_atTheLevels_followsTheDocumentedFormula(double percent, Severity severity, double score)
    {
        double actual = Impact.Score(Impact.Excess(percent, warning: 80, critical: 90));

        Assert.Equal(score, actual, 0.05);
        Assert.Equal(severity, Impact.SeverityOf(actual));
    }

    [Fact]
    public void Excess_whenBothLevelsAreOne_isCriticalFromThere()
    {
        Assert.True(Impact.Excess(9.99, 10, 10) < 0);
        Assert.Equal(1, Impact.Excess(10, 10, 10));
    }

    [Fact]
    public void Score_isMonotoneAndBounded() => Prop.ForAll<NormalFloat, NormalFloat, NormalFloat>((a, b, s) =>
    {
        double low = Math.Min(a.Get, b.Get), high = Math.Max(a.Get, b.Get), share = Math.Abs(s.Get % 1);
        Assert.True(Impact.Score(low, share) <= Impact.Score(high, share));
        Assert.True(Impact.Score(high, share) <= Impact.Score(high));
        Assert.InRange(Impact.Score(high, share), 0, 100);
    }).QuickCheckThrowOnFailure();
}

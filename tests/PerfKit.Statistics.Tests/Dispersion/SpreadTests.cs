using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class SpreadTests
{
    // Expected: Python's statistics.stdev and statistics.mean; the median is 3, the median absolute deviation 1.
    private static readonly double[] Sample = [1, 2, 3, 4, 100];

    [Fact]
    public void Figures_of_a_small_sample_are_those_of_the_formulas()
    {
        Assert.Equal(43.617656975128774, Spread.StandardDeviation(Sample)!.Value, 12);
        Assert.Equal(1.982620771596762, Spread.CoefficientOfVariation(Sample)!.Value, 12);
        Assert.Equal(1.482602218505602, Spread.Robust(Sample)!.Value, 12);
        Assert.Equal(0.494200739501867, Spread.RobustCoefficientOfVariation(Sample)!.Value, 12);
    }

    [Fact]
    public void Robust_normal_values_agrees_with_the_standard_deviation()
    {
        double[] values = new Noise(1).Series(20_000);

        Assert.InRange(Spread.Robust(values)!.Value / Spread.StandardDeviation(values)!.Value, 0.97, 1.03);
    }

    [Fact]
    public void Too_few_values_or_a_center_of_zero_give_null()
    {
        Assert.Null(Spread.StandardDeviation([1, double.NaN]));
        Assert.Null(Spread.Robust([double.PositiveInfinity]));
        Assert.Null(Spread.CoefficientOfVariation([-1, 1]));
        Assert.Null(Spread.RobustCoefficientOfVariation([-1, 0, 1]));
        Assert.Equal(0, Spread.Robust([5]));
    }

    [Fact]
    public void CoefficientOfVariation_has_no_unit() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(20, Gen.Choose(1, 1000))), counts =>
        {
            double[] values = [.. counts.Select(c => (double)c)], scaled = [.. values.Select(v => v * 1024)];
            return Math.Abs(Spread.CoefficientOfVariation(values)!.Value - Spread.CoefficientOfVariation(scaled)!.Value) < 1e-12
                && Spread.RobustCoefficientOfVariation(values) == Spread.RobustCoefficientOfVariation(scaled);
        }).QuickCheckThrowOnFailure();
}

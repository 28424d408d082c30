namespace PerfKit.Statistics.Tests;

/// <summary>How often the defaults are wrong, over seeded simulations: the rates that docs/change-points.md states.</summary>
public sealed class ChangePointRateTests
{
    private const int Series = 400;

    [Theory]
    [InlineData(30, 0.05)]
    [InlineData(100, 0.03)]
    [InlineData(300, 0.02)]
    public void Detect_NormalNoise_SeldomRaisesAFalseAlarm(int count, double bound) =>
        Assert.InRange(FalseAlarms(noise => noise.Series(count)), 0, bound);

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void Detect_NoiseOnADrift_SeldomRaisesAFalseAlarm(int count) =>
        Assert.InRange(FalseAlarms(noise => [.. noise.Series(count).Select((value, i) => value + 6.0 * i / count)]), 0, 0.05);

    [Fact]
    public void Detect_HeavyTailedNoise_SeldomRaisesAFalseAlarm() =>
        Assert.InRange(FalseAlarms(noise => noise.Series(100, noise.HeavyTailed)), 0, 0.07);

    [Fact]
    public void Detect_BimodalNoise_SeldomRaisesAFalseAlarm() =>
        Assert.InRange(FalseAlarms(noise => noise.Series(100, noise.Bimodal)), 0, 0.05);

    [Fact]
    public void Detect_SkewedNoise_SeldomRaisesAFalseAlarm() =>
        Assert.InRange(FalseAlarms(noise => noise.Series(100, noise.Skewed)), 0, 0.07);

    [Theory]
    [InlineData(0.5, 0.06)]
    [InlineData(0.7, 0.09)]
    public void Detect_NeighborsAlike_SeldomRaisesAFalseAlarmInALongSeries(double memory, double bound) =>
        Assert.InRange(FalseAlarms(noise => noise.Autocorrelated(300, memory)), 0, bound);

    [Fact]
    public void Detect_StepOfTwoNoiseWidths_IsFoundAndPlaced()
    {
        int found = 0, placed = 0;
        for (int seed = 0; seed < Series; seed++)
        {
            double[] values = [.. new Noise(seed).Series(100).Select((value, i) => i < 50 ? value : value + 2)];
            if (ChangePointDetector.Detect(values).ChangePoints is not [ChangePoint point])
                continue;
            found++;
            if (point.FirstIndex <= 50 && point.LastIndex >= 50)
                placed++;
        }

        Assert.InRange(found, 0.93 * Series, Series);
        Assert.InRange(placed, 0.93 * found, found);
    }

    private static double FalseAlarms(Func<Noise, double[]> series)
    {
        int alarms = 0;
        for (int seed = 0; seed < Series; seed++)
        {
            if (ChangePointDetector.Detect(series(new Noise(seed))).Verdict == ChangePointVerdict.Changed)
                alarms++;
        }

        return (double)alarms / Series;
    }
}

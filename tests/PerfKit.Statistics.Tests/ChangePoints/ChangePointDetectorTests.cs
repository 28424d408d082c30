namespace PerfKit.Statistics.Tests;

public sealed class ChangePointDetectorTests
{
    [Theory]
    [InlineData(50, 4)]
    [InlineData(50, -4)]
    [InlineData(20, 4)]
    [InlineData(90, 4)]
    public void Detect_OneStep_IsFoundWhereItIs(int at, double size)
    {
        double[] values = WithStep(new Noise(1).Series(100), at, size);

        ChangePointResult result = ChangePointDetector.Detect(values);

        Assert.Equal(ChangePointVerdict.Changed, result.Verdict);
        ChangePoint point = Assert.Single(result.ChangePoints);
        Assert.InRange(point.Index, at - 1, at + 1);
        Assert.InRange(at, point.FirstIndex, point.LastIndex);
        Assert.InRange(point.Step / size, 0.75, 1.25);
        Assert.Equal(point.LevelAfter - point.LevelBefore, point.Step, 1e-9);
        Assert.InRange(point.Confidence, 0.99, 1);
        Assert.Equal(100, result.Count);
    }

    [Fact]
    public void Detect_StepsUpAndDown_AreAllFoundInOrder()
    {
        double[] values = WithStep(WithStep(WithStep(new Noise(2).Series(200), 50, 5), 90, -8), 150, 4);

        Assert.Equal([50, 90, 150], Indices(values));
    }

    [Fact]
    public void Detect_StepWithoutNoise_IsExact()
    {
        double[] values = WithStep(new double[20], 12, 3);

        ChangePoint point = Assert.Single(ChangePointDetector.Detect(values).ChangePoints);

        Assert.Equal((12, 12, 12), (point.Index, point.FirstIndex, point.LastIndex));
        Assert.Equal(0, point.LevelBefore, 1e-12);
        Assert.Equal(3, point.LevelAfter, 1e-12);
        Assert.Equal(0, point.SlopeAfter);
    }

    [Fact]
    public void Detect_TheLastFourOfFortyAreHigher_IsFound()
    {
        Assert.Equal([36], Indices(WithStep(new Noise(3).Series(40), 36, 6)));
    }

    [Fact]
    public void Detect_ASegmentOfFour_IsFoundAtBothEnds()
    {
        Assert.Equal([30, 34], Indices(WithStep(WithStep(new Noise(4).Series(60), 30, 12), 34, -12)));
    }

    [Fact]
    public void Detect_FewerThanTwoSegments_IsUnknown()
    {
        Assert.Equal(ChangePointVerdict.Unknown, ChangePointDetector.Detect([]).Verdict);

        ChangePointResult seven = ChangePointDetector.Detect([1, 1, 1, 9, 9, 9, 9]);
        Assert.Equal((ChangePointVerdict.Unknown, 7, null), (seven.Verdict, seven.Count, seven.Noise));
        Assert.Empty(seven.ChangePoints);

        ChangePointResult eight = ChangePointDetector.Detect([1, 1, 1, 1, 9, 9, 9, 9]);
        Assert.Equal(ChangePointVerdict.Changed, eight.Verdict);
        Assert.Equal(4, Assert.Single(eight.ChangePoints).Index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1e300)]
    public void Detect_AllAlike_IsUnchangedWithoutNoise(double value)
    {
        double[] values = new double[50];
        Array.Fill(values, value);

        ChangePointResult result = ChangePointDetector.Detect(values);

        Assert.Equal((ChangePointVerdict.Unchanged, 0), (result.Verdict, result.Noise));
        Assert.Empty(result.ChangePoints);
    }

    [Fact]
    public void Detect_StraightLine_IsUnchanged()
    {
        Assert.Empty(Indices([.. Enumerable.Range(0, 300).Select(i => 1e6 + 0.1 * i)]));
    }

    [Fact]
    public void Detect_DriftWithNoise_IsUnchanged()
    {
        double[] values = new Noise(5).Series(200);

        Assert.Empty(Indices([.. values.Select((value, i) => value + 0.1 * i)]));
    }

    [Fact]
    public void Detect_DriftBegins_IsTwoSlopesWithoutAStep()
    {
        double[] noise = new Noise(6).Series(120);

        ChangePoint point = Assert.Single(ChangePointDetector.Detect([.. noise.Select((value, i) => value + Math.Max(0, i - 60))]).ChangePoints);

        Assert.InRange(point.Index, 56, 64);
        Assert.InRange(point.Step, -5, 5);          // the level changes by 30
        Assert.Equal(0, point.SlopeBefore);
        Assert.InRange(point.SlopeAfter, 0.95, 1.05);
    }

    [Fact]
    public void Detect_StepOnADrift_KeepsTheSlopes()
    {
        double[] noise = new Noise(7).Series(200);

        ChangePoint point = Assert.Single(ChangePointDetector.Detect([.. noise.Select((value, i) => value + 0.2 * i + (i < 120 ? 0 : 20))]).ChangePoints);

        Assert.Equal(120, point.Index);
        Assert.InRange(point.Step, 18.5, 21.5);
        Assert.InRange(point.SlopeBefore, 0.18, 0.22);
        Assert.InRange(point.SlopeAfter, 0.17, 0.23);
    }

    [Fact]
    public void Detect_SingleOutliers_AreNoChange()
    {
        double[] values = new Noise(8).Series(100);
        values[0] = -80;
        values[40] = 1e6;
        values[41] = 500;
        values[99] = 300;

        Assert.Empty(Indices(values));
    }

    [Fact]
    public void Detect_StepAmongOutliers_IsFound()
    {
        double[] values = WithStep(new Noise(9).Series(100), 60, 5);
        values[20] = 1000;
        values[58] = -1000;
        values[75] = 1000;

        Assert.Equal([60], Indices(values));
    }

    [Fact]
    public void Detect_Season_IsNoChangeAndDoesNotHideOne()
    {
        double[] season = [.. new Noise(10).Series(240).Select((value, i) => value + 2 * Math.Sin(i * Math.PI / 6))];

        Assert.Empty(Indices(season));
        int found = Assert.Single(Indices(WithStep(season, 121, 4)));
        Assert.InRange(found, 117, 125);
    }

    [Fact]
    public void Detect_MissingValues_KeepTheirPlace()
    {
        double[] values = WithStep(new Noise(11).Series(120), 70, 6);
        for (int i = 0; i < values.Length; i += 3)
            values[i] = double.NaN;
        values[1] = double.PositiveInfinity;

        ChangePointResult result = ChangePointDetector.Detect(values);

        Assert.Equal(70, Assert.Single(result.ChangePoints).Index);
        Assert.Equal(79, result.Count);
    }

    [Fact]
    public void Detect_ADriftWithAGap_IsStillOneLine()
    {
        double[] values = [.. new Noise(12).Series(200).Select((value, i) => value + i)];
        Array.Fill(values, double.NaN, 60, 80);

        Assert.Empty(Indices(values));
    }

    [Fact]
    public void Detect_NothingButMissing_IsUnknown()
    {
        double[] values = new double[30];
        Array.Fill(values, double.NaN);

        ChangePointResult result = ChangePointDetector.Detect(values);

        Assert.Equal((ChangePointVerdict.Unknown, 0), (result.Verdict, result.Count));
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Detect_ExtremeUnits_MakeNoDifference(double unit)
    {
        double[] values = [.. WithStep(new Noise(13).Series(60), 30, 5).Select(value => value * unit)];

        Assert.Equal([30], Indices(values));
    }

    [Fact]
    public void Detect_TenThousandValues_PlacesStepsOffTheGrid()
    {
        double[] values = WithStep(WithStep(new Noise(14).Series(10_000), 3333, 6), 7777, -5);

        Assert.Equal([3333, 7777], Indices(values));
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(2001)]
    [InlineData(4003)]
    public void Detect_TheLastCellOfTheGridCutShort_KeepsTheLeastSegment(int count)
    {
        double[] values = WithStep(new Noise(15).Series(count), count - 4, 30);

        Assert.Equal([count - 4], Indices(values));
        Assert.All(Indices(WithStep(values, count - 2, 30)), index => Assert.True(index <= count - 4));
    }

    private static double[] WithStep(double[] values, int at, double size) => [.. values.Select((value, i) => i < at ? value : value + size)];

    private static int[] Indices(double[] values) => [.. ChangePointDetector.Detect(values).ChangePoints.Select(point => point.Index)];
}

using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class ChangePointProperties
{
    [Fact]
    public void Detect_AnySeries_GivesAscendingIndicesOfObservationsAndSaneFigures() => ForAnySeries(values =>
    {
        ChangePointResult result = ChangePointDetector.Detect(values);
        int[] indices = [.. result.ChangePoints.Select(point => point.Index)];
        return result.Count == values.Count(double.IsFinite)
            && (result.Verdict == ChangePointVerdict.Changed) == (indices.Length > 0)
            && (result.Verdict == ChangePointVerdict.Unknown) == (result.Count < 8)
            && indices.Zip(indices.Skip(1)).All(pair => pair.First + 4 <= pair.Second)
            && result.ChangePoints.All(point => point.Index is >= 4 && point.Index <= values.Length - 4
                && point.FirstIndex <= point.Index && point.Index <= point.LastIndex
                && double.IsFinite(values[point.Index]) && double.IsFinite(values[point.FirstIndex])
                && point.Confidence is >= 0.5 and <= 1 && double.IsFinite(point.Step));
    });

    [Fact]
    public void Detect_AnotherUnitAndOrigin_FindsTheSame() => ForAnySeries(values =>
    {
        ChangePointResult given = ChangePointDetector.Detect(values);
        ChangePointResult moved = ChangePointDetector.Detect([.. values.Select(value => 1000 - 4 * value)]);
        return Indices(given).SequenceEqual(Indices(moved))
            && given.ChangePoints.Zip(moved.ChangePoints).All(pair =>
                Math.Abs(pair.First.LevelAfter - (1000 - pair.Second.LevelAfter) / 4) < 1e-6
                && Math.Abs(pair.First.Step + pair.Second.Step / 4) < 1e-6
                && Math.Abs(pair.First.Confidence - pair.Second.Confidence) < 1e-6);
    });

    [Fact]
    public void Detect_TheSeriesBackward_FindsTheSameBoundaries() => ForAnySeries(values =>
    {
        // Missing values blur which observation a boundary belongs to, so here are none.
        double[] given = [.. values.Where(double.IsFinite)];
        double[] backward = [.. given.Reverse()];
        return Indices(ChangePointDetector.Detect(backward)).Select(index => given.Length - index).Reverse()
            .SequenceEqual(Indices(ChangePointDetector.Detect(given)));
    });

    [Fact]
    public void Detect_MissingValuesBefore_OnlyMoveTheIndices() => ForAnySeries(values =>
        Indices(ChangePointDetector.Detect([double.NaN, double.NaN, .. values])).Select(index => index - 2)
            .SequenceEqual(Indices(ChangePointDetector.Detect(values))));

    private static IEnumerable<int> Indices(ChangePointResult result) => result.ChangePoints.Select(point => point.Index);

    /// <summary>Up to four segments of noise about levels of their own, with an outlier and a missing value now and then.</summary>
    private static void ForAnySeries(Func<double[], bool> law)
    {
        Gen<double[]> series =
            from seed in Gen.Choose(0, int.MaxValue)
            from lengths in Gen.ListOf(Gen.Choose(0, 40))
            select Make(seed, [.. lengths.Take(4)]);

        Prop.ForAll(series.ToArbitrary(), law).QuickCheckThrowOnFailure();
    }

    private static double[] Make(int seed, int[] lengths)
    {
        var random = new System.Random(seed);
        var noise = new Noise(seed);
        return [.. lengths.SelectMany(length =>
        {
            double level = random.Next(-10, 10);
            return noise.Series(length, () => random.Next(25) switch
            {
                0 => double.NaN,
                1 => level + 50 * noise.Normal(),
                _ => level + noise.Normal(),
            });
        })];
    }
}

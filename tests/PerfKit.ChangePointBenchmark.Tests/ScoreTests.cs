namespace PerfKit.ChangePointBenchmark.Tests;

/// <summary>Against values worked out by the benchmark's own scorer.</summary>
public sealed class ScoreTests
{
    [Fact]
    public void Of_EveryPointFound_IsPrecise() => Assert.Equal(1, Score.Of([[10, 20], [11, 20], [10], [0, 5]], [10, 20], 45).F1, 1e-12);

    [Theory]
    [InlineData(10, 0.9090909090909091)]
    [InlineData(null, 0.8)]
    public void Of_PeopleWhoDisagree_AveragesRecallAndPoolsPrecision(int? found, double f1) =>
        Assert.Equal(f1, Score.Of([[], [10], [50]], found is { } point ? [point] : [], 100).F1, 1e-12);

    [Fact]
    public void Of_Segments_WeighsTheBestOverlapByLength()
    {
        Assert.Equal(0.7962962962962963, Score.Of([[10, 20], [10], [0, 5]], [10, 20], 45).Covering, 1e-12);
        Assert.Equal(0.7954144620811286, Score.Of([[], [10], [40]], [10], 45).Covering, 1e-12);
        Assert.Equal(0.8189300411522634, Score.Of([[], [10], [40]], [], 45).Covering, 1e-12);
    }

    [Theory]
    [InlineData(33, 1)]
    [InlineData(34, 0.5)]
    public void Of_APointAtTheMargin_CountsUpToFiveAway(int found, double f1) =>
        Assert.Equal(f1, Score.Of([[28]], [found], 60).F1, 1e-12);

    [Fact]
    public void Of_TheFirstAndTheLastObservation_AreNoPredictions() =>
        Assert.Equal(Score.Of([[20]], [20], 45), Score.Of([[20]], [0, 20, 44], 45));

    // A set of three has 8 slots: 8 goes to slot 0, 11 to slot 3, 5 to slot 5.
    [Fact]
    public void ReferenceOrder_OfAFewIndices_IsThatOfTheirSlots() => Assert.Equal([8, 11, 5], new ReferenceOrder { 5, 8, 11 });

    [Fact]
    public void ReferenceOrder_OfMany_HoldsEachOnce()
    {
        var order = new ReferenceOrder();
        for (int i = 0; i < 500; i++)
            order.Add(i * 37 % 200);

        Assert.Equal(200, order.Count);
        Assert.Equal(Enumerable.Range(0, 200), order.Order());
    }
}

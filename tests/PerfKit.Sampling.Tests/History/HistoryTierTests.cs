using System.Globalization;
using FsCheck;

namespace PerfKit.Sampling.Tests;

public sealed class HistoryTierTests
{
    private static readonly DateTimeOffset Midnight = new(2031, 5, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Width = TimeSpan.FromSeconds(10);

    [Fact]
    public void Tiers_byDefault_areTenSecondsAndAMinuteADayBack()
    {
        using var sampler = new ResourceSampler();

        Assert.Equal(
            [(TimeSpan.FromSeconds(10), 8_640), (TimeSpan.FromMinutes(1), 1_440)],
            sampler.History.Tiers.Select(tier => (tier.Width, tier.Capacity)));
        Assert.All(sampler.History.Tiers, tier => Assert.Empty(tier.ToArray()));
    }

    [Fact]
    public void Tiers_withoutCoarseHistory_areNone()
    {
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { CoarseHistory = TimeSpan.Zero });
        sampler.Sample();

        Assert.Empty(sampler.History.Tiers);
    }

    [Fact]
    public void Sampler_overTwoMinutesOfItsClock_fillsBothTiers()
    {
        var time = new ManualTimeProvider();
        time.SetWall(Midnight);
        ResourceReading[] script = [.. Enumerable.Range(1, 120).Select(taken => new ResourceReading { ManagedHeapBytes = taken })];
        using var sampler = new ResourceSampler(null, time, new UnavailableFigures(), _ => [new ScriptedReader(script)]);
        for (int second = 0; second < 120; second++)
        {
            sampler.Sample();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(12, sampler.History.Tiers[0].ToArray().Length);
        SampleSummary[] minutes = sampler.History.Tiers[1].ToArray();
        Assert.Equal([Midnight, Midnight.AddMinutes(1)], minutes.Select(minute => minute.Start));
        Assert.Equal(new FigureRange(61, 90.5, 120, 120, 60), minutes[1][SampleFigure.ManagedHeapBytes]);
    }

    [Fact]
    public void Between_anyWindow_isTheStretchesThatReachIntoIt()
    {
        var tier = new HistoryTier(Width, 100);
        for (int second = 0; second < 60; second++)
            Add(tier, Heap(second, second));

        Assert.Equal([10, 20], Starts(tier.Between(Midnight.AddSeconds(15), Midnight.AddSeconds(30))));
        Assert.Equal([0], Starts(tier.Between(Midnight, Midnight.AddTicks(1))));
        Assert.Equal([50], Starts(tier.Between(Midnight.AddSeconds(59), Midnight.AddHours(1)))); // it goes on
        Assert.Empty(tier.Between(Midnight.AddSeconds(60), Midnight.AddHours(1)));
        Assert.Empty(tier.Between(Midnight.AddSeconds(30), Midnight.AddSeconds(30)));
    }

    [Fact]
    public void Add_moreStretchesThanItKeeps_forgetsTheOldest()
    {
        var tier = new HistoryTier(Width, 3);
        for (int stretch = 0; stretch < 200; stretch++)
            Add(tier, Heap(stretch * 10, stretch));

        Assert.Equal([1_960, 1_970, 1_980, 1_990], Starts(tier.ToArray())); // three, and the one that goes on
        Assert.Equal([196, 197, 198, 199], tier.ToArray().Select(stretch => stretch[SampleFigure.ManagedHeapBytes]!.Value.Last));
    }

    [Fact]
    public void Add_stretchWithoutTheFigure_isNullAndNeverZero()
    {
        var tier = new HistoryTier(Width, 8);
        Add(tier, Heap(0, null));
        Add(tier, Heap(10, 5));
        Add(tier, Heap(11, null));
        Add(tier, Heap(20, null));

        Assert.Equal([null, new FigureRange(5, 5, 5, 5, 1), null], tier.ToArray().Select(stretch => stretch[SampleFigure.ManagedHeapBytes]));
        Assert.Equal([1, 2, 1], tier.ToArray().Select(stretch => stretch.SampleCount));
        Assert.Null(SampleSummary.Merge(tier.Between(Midnight, Midnight.AddSeconds(10)))![SampleFigure.ManagedHeapBytes]);
    }

    [Fact]
    public void Add_afterTheClockWasSetBack_keepsBothStretches()
    {
        var tier = new HistoryTier(Width, 8);
        Add(tier, Heap(20, 1));
        Add(tier, Heap(5, 2));
        Add(tier, Heap(21, 3));

        Assert.Equal([20, 0, 20], Starts(tier.ToArray()));
        Assert.Equal(2, tier.Between(Midnight.AddSeconds(20), Midnight.AddSeconds(30)).Length);
    }

    [Fact]
    public void Merge_ofAnyStretches_isWhatAllSamplesTogetherWere()
    {
        Prop.ForAll<int?[], PositiveInt>((values, width) =>
        {
            // The same samples in stretches, cut anywhere, and in one that holds them all.
            var tier = new HistoryTier(TimeSpan.FromSeconds(1 + (width.Get % 20)), 1_000);
            for (int second = 0; second < values.Length; second++)
                Add(tier, Heap(second, values[second]));

            SampleSummary? merged = SampleSummary.Merge(tier.ToArray());
            double[] seen = [.. values.OfType<int>().Select(value => (double)(float)value)];
            Assert.Equal(values.Length, merged?.SampleCount ?? 0);
            if (seen.Length == 0)
            {
                Assert.Null(merged?[SampleFigure.ManagedHeapBytes]);
                return;
            }

            FigureRange range = merged![SampleFigure.ManagedHeapBytes]!.Value;
            Assert.Equal((seen.Min(), seen.Max(), seen[^1], seen.Length), (range.Minimum, range.Maximum, range.Last, range.Count));
            Assert.Equal(seen.Average(), range.Mean, 1e-6 * Math.Max(1, seen.Max(Math.Abs)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Merge_inAnyGrouping_isTheSame()
    {
        Prop.ForAll<NonEmptyArray<short>, PositiveInt>((values, cut) =>
        {
            var tier = new HistoryTier(Width, 1_000);
            for (int i = 0; i < values.Get.Length; i++)
                Add(tier, Heap(i * 4, values.Get[i]));
            SampleSummary[] stretches = tier.ToArray();
            int at = cut.Get % (stretches.Length + 1);

            SampleSummary all = SampleSummary.Merge(stretches)!;
            SampleSummary parts = SampleSummary.Merge(new[] { SampleSummary.Merge(stretches[..at]), SampleSummary.Merge(stretches[at..]) }.OfType<SampleSummary>())!;

            FigureRange left = all[SampleFigure.ManagedHeapBytes]!.Value, right = parts[SampleFigure.ManagedHeapBytes]!.Value;
            Assert.Equal(left with { Mean = 0 }, right with { Mean = 0 });
            Assert.Equal(left.Mean, right.Mean, 1e-6 * (1 + Math.Abs(left.Mean)));
            Assert.Equal((all.Start, all.Length, all.SampleCount), (parts.Start, parts.Length, parts.SampleCount));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Memory_ofADayInBothTiers_isWhatTheDocumentationSaysAndStaysThat()
    {
        var history = new SampleHistory(2, TimeSpan.FromDays(1));
        long start = GC.GetAllocatedBytesForCurrentThread();
        Fill(day: 0);
        long day = GC.GetAllocatedBytesForCurrentThread() - start;
        Fill(day: 1);
        Fill(day: 2);
        long threeDays = GC.GetAllocatedBytesForCurrentThread() - start;

        Assert.InRange(day, 7_700_000, 8_700_000);
        Assert.InRange(threeDays, day, day + 50_000); // the blocks that the first day did not begin

        void Fill(int day)
        {
            for (int stretch = 0; stretch < 8_640; stretch++)
                history.Add(Heap((day * 86_400) + (stretch * 10), stretch));
        }
    }

    [Fact]
    public void SampleFigures_eachIsThePropertyOfItsName()
    {
        var properties = typeof(ResourceSample).GetProperties().ToDictionary(property => property.Name);
        object sample = new ResourceSample();
        double distinct = 1;
        foreach (SampleFigure figure in Enum.GetValues<SampleFigure>())
        {
            Type type = Nullable.GetUnderlyingType(properties[$"{figure}"].PropertyType) ?? properties[$"{figure}"].PropertyType;
            properties[$"{figure}"].SetValue(sample, type == typeof(TimeSpan) ? TimeSpan.FromSeconds(distinct) : Convert.ChangeType(distinct, type, CultureInfo.InvariantCulture));
            distinct++;
        }

        var values = new double[SampleFigures.Count];
        SampleFigures.Read((ResourceSample)sample, values);

        Assert.Equal(Enumerable.Range(1, values.Length).Select(n => (double)n), values);
        Assert.Throws<ArgumentOutOfRangeException>(() => Summary()[(SampleFigure)values.Length]);

        static SampleSummary Summary()
        {
            var tier = new HistoryTier(Width, 1);
            Add(tier, Heap(0, 1));
            return tier.ToArray()[0];
        }
    }

    private static void Add(HistoryTier tier, in ResourceSample sample)
    {
        Span<double> figures = stackalloc double[SampleFigures.Count];
        SampleFigures.Read(sample, figures);
        tier.Add(sample.Timestamp, figures);
    }

    private static ResourceSample Heap(int second, long? bytes) => new() { Timestamp = Midnight.AddSeconds(second), ManagedHeapBytes = bytes };

    private static IEnumerable<int> Starts(IEnumerable<SampleSummary> stretches) => stretches.Select(stretch => (int)(stretch.Start - Midnight).TotalSeconds);
}

using System.Runtime.CompilerServices;

namespace PerfKit.Sampling.Tests;

public sealed class ResourceSamplerOptionsTests
{
    [Theory]
    [InlineData(99_999, 3600, false)]
    [InlineData(100_000, 3600, true)]
    [InlineData(6_000_000_000, 3600, true)]
    [InlineData(6_000_000_001, 3600, false)]
    [InlineData(10_000_000, 1, false)]
    [InlineData(10_000_000, 2, true)]
    [InlineData(10_000_000, 1_000_000, true)]
    [InlineData(10_000_000, 1_000_001, false)]
    public void Mistakes_atEachLimit_allowsTheEndsOnly(long intervalTicks, int capacity, bool valid)
    {
        var options = new ResourceSamplerOptions { Interval = TimeSpan.FromTicks(intervalTicks), HistoryCapacity = capacity };
        Assert.Equal(valid, options.Mistakes().Count == 0);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(7 * TimeSpan.TicksPerDay, true)]
    [InlineData((7 * TimeSpan.TicksPerDay) + 1, false)]
    public void Mistakes_atEachLimitOfTheCoarseHistory_allowsTheEndsOnly(long ticks, bool valid) =>
        Assert.Equal(valid, new ResourceSamplerOptions { CoarseHistory = TimeSpan.FromTicks(ticks) }.Mistakes().Count == 0);

    [Fact]
    public void Constructor_everyOptionWrong_namesEachWithItsValueAndLimits()
    {
        var options = new ResourceSamplerOptions { Interval = TimeSpan.FromMilliseconds(-1), HistoryCapacity = 0 };

        ArgumentException e = Assert.Throws<ArgumentException>(() => new ResourceSampler(options));
        Assert.Equal(
            "Interval is -00:00:00.0010000; allowed is from 00:00:00.0100000 to 00:10:00. " +
            "HistoryCapacity is 0; allowed is from 2 to 1000000. (Parameter 'options')",
            e.Message);
    }

    [Fact]
    public void Defaults_areAsDocumented()
    {
        using var sampler = new ResourceSampler();
        Assert.Equal(3600, sampler.History.Capacity);
        Assert.Equal(TimeSpan.FromSeconds(1), new ResourceSamplerOptions().Interval);
    }

    [Fact]
    public void HistoryCapacity_takesAboutAKilobyteASample_asDocumented() =>
        Assert.InRange(Unsafe.SizeOf<ResourceSample>(), 950, 1_050);
}

namespace PerfKit.Sampling.Tests;

public sealed class SampleScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Until_atTheStart_isDueAtOnce() => Assert.Equal(TimeSpan.Zero, new SampleSchedule(Second).Until(TimeSpan.Zero));

    [Fact]
    public void Until_samplesTakenLate_doesNotDrift()
    {
        var schedule = new SampleSchedule(Second);
        for (int k = 0; k < 1000; k++)
        {
            TimeSpan late = (Second * k) + TimeSpan.FromMilliseconds(300);
            Assert.True(schedule.Until(late) <= TimeSpan.Zero);
            schedule.Taken(late);
            Assert.Equal(TimeSpan.FromMilliseconds(700), schedule.Until(late));
        }
    }

    [Theory]
    [InlineData(5.3, 0.7)]
    [InlineData(6.0, 1.0)]
    [InlineData(3600.5, 0.5)]
    public void Until_afterAPause_skipsWhatWasMissed(double now, double wait)
    {
        var schedule = new SampleSchedule(Second);
        schedule.Taken(TimeSpan.Zero);

        Assert.True(schedule.Until(TimeSpan.FromSeconds(now)) < TimeSpan.Zero);
        schedule.Taken(TimeSpan.FromSeconds(now)); // one sample, late
        Assert.Equal(TimeSpan.FromSeconds(wait), schedule.Until(TimeSpan.FromSeconds(now)));
    }

    [Theory]
    [InlineData(40.25, 0.75)]
    [InlineData(-10.25, 0.25)]
    public void Until_clockGoneBack_waitsForTheNextWholeIntervalOnly(double now, double wait)
    {
        var schedule = new SampleSchedule(Second);
        schedule.Taken(TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.FromSeconds(wait), schedule.Until(TimeSpan.FromSeconds(now)));
    }
}

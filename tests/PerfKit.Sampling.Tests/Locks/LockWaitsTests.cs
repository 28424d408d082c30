namespace PerfKit.Sampling.Tests;

public sealed class LockWaitsTests
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly LockWaits _waits = new();

    [Fact]
    public void Total_ofTwoThreadsThatWaitedAtOnce_isTheirSum()
    {
        _waits.Open(Start);
        _waits.Begin(1, At(0.1));
        _waits.Begin(2, At(0.2));
        _waits.End(1, At(0.5), Seconds(0.4));
        _waits.End(2, At(0.6), Seconds(0.4));

        Assert.Equal((Seconds(0.8), Seconds(1)), _waits.Total(At(1)));
    }

    [Fact]
    public void Total_ofAWaitThatGoesOn_countsItUntilNowAndNothingTwice()
    {
        _waits.Open(Start);
        _waits.Begin(1, At(0.5));
        Assert.Equal(Seconds(0.5), _waits.Total(At(1)).Waited);
        Assert.Equal(Seconds(1.5), _waits.Total(At(2)).Waited);

        _waits.End(1, At(2.25), Seconds(1.75));

        Assert.Equal((Seconds(1.75), Seconds(3)), _waits.Total(At(3)));
    }

    [Fact]
    public void Total_ofAWaitFromBeforeTheStretch_countsFromItsOpening()
    {
        _waits.Open(Start);
        _waits.End(7, At(0.25), Seconds(60));

        Assert.Equal(Seconds(0.25), _waits.Total(At(1)).Waited);
    }

    [Fact]
    public void Total_ofAnEventThatCameLate_takesNothingBack()
    {
        _waits.Open(Start);
        _waits.Begin(1, At(0));
        Assert.Equal(Seconds(1), _waits.Total(At(1)).Waited);

        _waits.End(1, At(0.99), Seconds(0.99)); // it had ended when it was still counted

        Assert.Equal((Seconds(1), Seconds(1)), _waits.Total(At(1)));
    }

    [Fact]
    public void End_atTheMostWaitsOfAStretch_closesIt()
    {
        _waits.Open(Start);
        for (int i = 1; i < LockWaits.MostEnds; i++)
            Assert.True(_waits.End(1, At(0.001 * i), Seconds(0.001)));
        Assert.False(_waits.End(1, At(0.5), Seconds(0.001)));
        Assert.False(_waits.IsOpen);
        _waits.Begin(1, At(0.6));

        Assert.Equal((Seconds(0.5), Seconds(0.5)), _waits.Total(At(1)));
    }

    [Fact]
    public void Open_again_addsToTheTotals()
    {
        _waits.Open(Start);
        _waits.Begin(1, Start);
        _waits.Close(At(1));
        _waits.Open(At(5));
        _waits.End(1, At(6), Seconds(6));

        Assert.Equal((Seconds(2), Seconds(3)), _waits.Total(At(7)));
    }

    [Fact]
    public void Total_whenTheClockIsSetBack_neverFalls()
    {
        _waits.Open(Start);
        _waits.Begin(1, Start);
        (TimeSpan, TimeSpan) before = _waits.Total(At(1));
        Assert.Equal(before, _waits.Total(At(-100)));
        _waits.End(1, At(-50), Seconds(2));

        Assert.Equal(before, _waits.Total(At(-40)));
    }

    private static DateTime At(double seconds) => Start.AddSeconds(seconds);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

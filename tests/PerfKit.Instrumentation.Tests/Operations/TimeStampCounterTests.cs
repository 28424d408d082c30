using System.Diagnostics;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Where the platform refuses the counter, the refusal is all there is to test.</summary>
public sealed unsafe class TimeStampCounterTests
{
    [Fact]
    public void TryMake_gives_a_counter_or_says_why_not()
    {
        bool isMade = TimeStampCounter.TryMake(out string? refusal) != null;

        Assert.Equal(isMade, refusal is null);
        Assert.True(refusal is null || refusal.Length > 0);
    }

    [Fact]
    public void Calibrate_finds_a_rate_by_which_the_counter_agrees_with_Stopwatch()
    {
        delegate* unmanaged[SuppressGCTransition]<long> counter = TimeStampCounter.TryMake(out _);
        if (counter == null)
            return;
        double nanosecondsPerStep = TimeStampCounter.Calibrate(counter) / Math.Pow(2, 64);

        // What comes between two readings is told by both clocks, so of several attempts the best one decides.
        double off = Enumerable.Range(0, 5).Min(_ =>
        {
            long began = Stopwatch.GetTimestamp(), beganCounter = counter();
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(20))
            {
            }
            long counted = counter() - beganCounter;
            return Math.Abs((counted * nanosecondsPerStep / Stopwatch.GetElapsedTime(began).TotalNanoseconds) - 1);
        });

        Assert.InRange(off, 0, 0.001);
    }

    [Fact]
    public void Clock_is_Stopwatch_unless_the_application_asks() => Assert.Equal("Stopwatch", OperationMeter.Clock);
}

namespace PerfKit.Benchmarking.Tests;

/// <summary>Waits by moving the clock: a load test of an hour takes no time.</summary>
internal sealed class VirtualPacer(ManualTime time) : Pacer
{
    /// <summary>How much later than asked for it wakes.</summary>
    public TimeSpan Lateness { get; init; }

    public override long WaitUntil(LoadClock clock, long due, CancellationToken ct)
    {
        long now = clock.Now;
        if (now >= due || ct.IsCancellationRequested)
            return now;
        time.AdvanceNanoseconds(due - now);
        time.Advance(Lateness);
        return clock.Now;
    }
}

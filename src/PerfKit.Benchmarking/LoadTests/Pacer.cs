namespace PerfKit.Benchmarking;

/// <summary>Waits for an instant of a load test: a seam, so that tests need not wait.</summary>
internal abstract class Pacer
{
    /// <summary>Waits; at once when the instant has passed.</summary>
    /// <param name="clock">The test's clock.</param>
    /// <param name="due">Nanoseconds from the start of the test.</param>
    /// <param name="ct">Ends the wait early.</param>
    /// <returns>The time then; earlier than <paramref name="due"/> only when canceled.</returns>
    public abstract long WaitUntil(LoadClock clock, long due, CancellationToken ct);
}

/// <summary>
/// Sleeps as precisely as the system can: no more than a few microseconds are spun away, so that a low rate costs next to nothing
/// and a high one no more than its wake-ups.
/// </summary>
internal sealed class SleepingPacer : Pacer
{
    /// <summary>A cancellation is noticed this soon.</summary>
    private const long LongestSleep = 10_000_000;

    private readonly PreciseSleep _sleep = new();

    public override long WaitUntil(LoadClock clock, long due, CancellationToken ct)
    {
        long now = clock.Now;
        while (now < due && !ct.IsCancellationRequested)
        {
            _sleep.For(Math.Min(due - now, LongestSleep));
            now = clock.Now;
        }

        return now;
    }
}

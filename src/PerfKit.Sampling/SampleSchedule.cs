namespace PerfKit.Sampling;

/// <summary>When samples are due: at the start plus whole intervals. Pure; times are counted from the start.</summary>
internal struct SampleSchedule(TimeSpan interval)
{
    private long _next; // in intervals; the first sample is due at once

    /// <summary>How long to wait for the next sample; zero or less when it is due.</summary>
    internal TimeSpan Until(TimeSpan now)
    {
        TimeSpan wait = (interval * _next) - now;
        if (wait <= interval) return wait;

        // The clock went back: do not wait until it has caught up, but to the next whole interval.
        _next = Intervals(now) + 1;
        return (interval * _next) - now;
    }

    /// <summary>Notes that the sample due was taken, at this time; whole intervals that had passed by then are skipped.</summary>
    internal void Taken(TimeSpan now) => _next = Math.Max(_next, Intervals(now)) + 1;

    private readonly long Intervals(TimeSpan now) => (long)Math.Floor(now / interval);
}

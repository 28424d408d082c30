namespace PerfKit.Integration.Tests;

/// <summary>
/// A clock that somebody keeps setting: the wall clock jumps by days both ways, and the monotonic one by seconds, which
/// it should never do. Timers run on real time.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly Random _random = new(20260101);
    private readonly Lock _lock = new();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(Next(-30, 30));

    public override long GetTimestamp() => System.GetTimestamp() + (Next(-3, 3) * System.TimestampFrequency);

    private int Next(int low, int high)
    {
        lock (_lock)
            return _random.Next(low, high);
    }
}

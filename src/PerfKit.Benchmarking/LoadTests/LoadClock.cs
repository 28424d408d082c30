namespace PerfKit.Benchmarking;

/// <summary>Nanoseconds since a load test began.</summary>
internal sealed class LoadClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly double _nanoseconds = 1e9 / time.TimestampFrequency;

    public TimeProvider Time => time;

    public long Now => (long)((time.GetTimestamp() - _start) * _nanoseconds);
}

namespace PerfKit.Benchmarking;

/// <summary>What a measured stretch cost.</summary>
/// <param name="Nanoseconds">By the wall.</param>
/// <param name="CpuNanoseconds">CPU time; <see langword="null"/> where it cannot be had.</param>
/// <param name="AllocatedBytes">Allocated; <see langword="null"/> when the stretch ended on another thread than it began.</param>
/// <param name="Collections">Garbage collections of the process meanwhile.</param>
/// <param name="Pause">How long those paused it.</param>
/// <param name="At">When it ended.</param>
internal readonly record struct Spent(
    double Nanoseconds, double? CpuNanoseconds, double? AllocatedBytes, int Collections, TimeSpan Pause, DateTimeOffset At);

/// <summary>The beginning of a measured stretch.</summary>
internal readonly struct Stretch
{
    private readonly Instruments _instruments;
    private readonly MeasuredOn _on;
    private readonly int _thread;
    private readonly int _collections;
    private readonly TimeSpan _pause;
    private readonly Reading _begin;

    public Stretch(Instruments instruments, MeasuredOn on)
    {
        _instruments = instruments;
        _on = on;
        _thread = Environment.CurrentManagedThreadId;
        _collections = GC.CollectionCount(0);
        _pause = GC.GetTotalPauseDuration();
        _begin = instruments.Begin(on);
    }

    public Spent End()
    {
        Reading end = _instruments.End(_on);
        bool isComparable = _on == MeasuredOn.Process || _thread == Environment.CurrentManagedThreadId;
        return new Spent(
            _instruments.Nanoseconds(_begin, end),
            isComparable ? end.CpuNanoseconds - _begin.CpuNanoseconds : null,
            isComparable ? end.AllocatedBytes - _begin.AllocatedBytes : null,
            GC.CollectionCount(0) - _collections,
            GC.GetTotalPauseDuration() - _pause,
            _instruments.Time.GetUtcNow());
    }
}

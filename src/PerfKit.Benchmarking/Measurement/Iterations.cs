namespace PerfKit.Benchmarking;

/// <summary>
/// Decides how often an operation is repeated: first a warm-up, which also finds how many calls make an iteration long enough
/// for the clock, then measured iterations until the median is known well enough.
/// </summary>
/// <remarks>
/// The interval is looked at after the fewest iterations and then each time their number has grown by a tenth: a rule that looks
/// after each one stops too often on a run of luck.
/// </remarks>
internal sealed class Iterations(BenchmarkOptions options, Instruments instruments, Recording recording, CancellationToken ct)
{
    private const int MaxCalls = 1 << 24;

    private readonly long _start = instruments.Time.GetTimestamp();
    private Stretch _stretch;
    private bool _isWarm;
    private int _warmUps;
    private int _calls = 1;
    private int _count;
    private int _nextLook = options.MinIterations;

    public Recording Recording => recording;

    public StopReason StoppedBy { get; private set; }

    private TimeSpan Elapsed => instruments.Time.GetElapsedTime(_start);

    /// <summary>How many calls the next iteration makes; <see langword="null"/> when enough is known.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public int? Next()
    {
        ct.ThrowIfCancellationRequested();
        if (!_isWarm)
            return _calls;

        StoppedBy = _count >= _nextLook && IsPrecise() ? StopReason.Precise
            : _count >= options.MaxIterations ? StopReason.IterationLimit
            : _count > 0 && Elapsed >= options.TimeBudget ? StopReason.TimeBudget
            : StopReason.None;
        return StoppedBy == StopReason.None ? _calls : null;
    }

    public void Begin() => _stretch = new Stretch(instruments, recording.On);

    public void End(int calls)
    {
        Spent spent = _stretch.End();
        if (_isWarm)
        {
            recording.Add(spent, calls, error: null);
            _count++;
        }
        else
        {
            WarmUp(spent.Nanoseconds);
        }
    }

    /// <summary>Records the iteration that ended the benchmark, warm-up or not: it is a figure of its success.</summary>
    /// <param name="exception">What the last call threw.</param>
    /// <param name="calls">How many calls it made, that one included: what they cost is that of all of them.</param>
    public void Fail(Exception exception, int calls)
    {
        if (exception is OperationCanceledException && ct.IsCancellationRequested)
            return;
        recording.Add(_stretch.End(), calls, exception);
    }

    private void WarmUp(double nanoseconds)
    {
        _warmUps++;
        double wanted = options.MinIterationTime.TotalNanoseconds;
        bool isLongEnough = nanoseconds >= wanted || _calls == MaxCalls;
        if (!isLongEnough)
        {
            // At most ten times as many: the first calls are slow, and tell little about later ones.
            double factor = nanoseconds <= 0 ? 10 : Math.Clamp(1.2 * wanted / nanoseconds, 1.2, 10);
            _calls = (int)Math.Min(MaxCalls, Math.Ceiling(_calls * factor));
        }

        _isWarm = (isLongEnough && (Elapsed >= options.WarmUp || _warmUps >= options.MaxIterations)) || Elapsed >= options.TimeBudget;
        if (_isWarm && options.CollectBefore)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }
    }

    private bool IsPrecise()
    {
        _nextLook = _count + Math.Max(1, _count / 10);
        return recording.Durations(options.Confidence)?.RelativeHalfWidth <= options.Precision;
    }
}

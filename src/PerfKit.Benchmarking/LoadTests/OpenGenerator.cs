using System.Collections.Concurrent;
using System.Diagnostics;
using PerfKit.Instrumentation;
using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>
/// Starts operations at the instants of a schedule, whatever became of earlier ones. A thread of its own keeps the schedule and
/// hands each operation to the thread pool, so that one that blocks delays no other's start.
/// </summary>
internal sealed class OpenGenerator(
    OpenLoad model,
    Func<LoadOperation, CancellationToken, Task> operation,
    LoadTestOptions options,
    LoadClock clock,
    LoadRecorder recorder,
    Pacer pacer,
    Action<IThreadPoolWorkItem> start,
    CancellationToken ct)
{
    /// <summary>How often a generator that is held back looks for room.</summary>
    private const long LookForRoom = 100_000;

    private readonly ConcurrentQueue<OpenOperation> _idle = [];
    private readonly List<OpenOperation> _all = [];             // the dispatcher's
    private readonly LatencyRecorder _dispatchLag = new();
    private readonly Lock _gate = new();
    private readonly LatencyRecorder _never = new();            // the latency so far of what did not end; guarded by _gate
    private long _unfinished;                                   // guarded by _gate
    private long _inFlight;
    private long _started;
    private long _lastStart;
    private long _peakInFlight;
    private long _heldBack;
    private long _neverStarted;
    private TimeSpan? _cpu;

    public LatencyHistogram DispatchLag => _dispatchLag.ToHistogram();

    public LatencyHistogram UnfinishedLatency => _never.ToHistogram();

    public long Started => _started;

    /// <summary>When the last operation was handed over, in nanoseconds.</summary>
    public long LastStart => _lastStart;

    public long Unfinished => _unfinished;

    public long NeverStarted => _neverStarted;

    public long PeakInFlight => _peakInFlight;

    public long HeldBack => _heldBack;

    public TimeSpan? Cpu => _cpu;

    private long End => (long)(model.Duration.TotalNanoseconds + options.DrainTime.TotalNanoseconds);

    /// <summary>Runs until all operations ended, the drain time is over or it is canceled, on a thread of its own.</summary>
    public Task RunAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Run();
                done.SetResult();
            }
            catch (Exception exception) // a clock that throws: leaving this thread, it would end the process
            {
                done.SetException(exception);
            }
        })
        { IsBackground = true, Name = "PerfKit load" };
        thread.UnsafeStart();
        return done.Task;
    }

    public void Run()
    {
        long cpu = ThreadClock.IsAvailable ? ThreadClock.ReadCurrent() : -1;
        for (long i = 0; i < model.Operations; i++)
        {
            long due = DueAt(i);
            long now = pacer.WaitUntil(clock, due, ct);
            if (ct.IsCancellationRequested || !WaitForRoom())
                break;
            if (_heldBack > 0)
                now = clock.Now;

            _dispatchLag.Record(now - due);
            _lastStart = now;
            Start(i, due);
        }

        while (Interlocked.Read(ref _inFlight) > 0 && clock.Now < End && !ct.IsCancellationRequested)
            pacer.WaitUntil(clock, clock.Now + LookForRoom, ct);
        CountWhatDidNotEnd();
        if (cpu >= 0)
            _cpu = Stopwatch.GetElapsedTime(cpu, ThreadClock.ReadCurrent());
    }

    private long DueAt(long index) => (long)(model.SecondsOf(index) * 1e9);

    private void Start(long index, long due)
    {
        if (!_idle.TryDequeue(out OpenOperation? next))
            _all.Add(next = new OpenOperation(this));
        _started++;
        _peakInFlight = Math.Max(_peakInFlight, Interlocked.Increment(ref _inFlight));
        next.Prepare(index, due);
        start(next);
    }

    /// <summary>Waits until fewer than the most operations are under way; false when that takes too long.</summary>
    private bool WaitForRoom()
    {
        if (Interlocked.Read(ref _inFlight) < options.MaxInFlight)
            return true;

        _heldBack++;
        while (Interlocked.Read(ref _inFlight) >= options.MaxInFlight)
        {
            if (ct.IsCancellationRequested || clock.Now >= End)
                return false;
            pacer.WaitUntil(clock, clock.Now + LookForRoom, ct);
        }

        return true;
    }

    /// <summary>
    /// Operations that are due and have not ended took at least the time until now: without them, the ones that hang would be those
    /// that do not count.
    /// </summary>
    private void CountWhatDidNotEnd()
    {
        long now = clock.Now;
        int claimed = 0;
        foreach (OpenOperation operation in _all)
        {
            if (operation.Claim() is not { } due)
                continue;
            claimed++;
            if (!operation.HasBegun)
                recorder.Started(now - due);        // still queued: it is at least so late
            DidNotEnd(now - due);
        }

        // Those that claimed themselves first are about to be recorded.
        SpinWait.SpinUntil(() => Interlocked.Read(ref _inFlight) == claimed, TimeSpan.FromSeconds(1));
        lock (_gate)
        {
            for (long i = _started; i < model.Operations && DueAt(i) <= now; i++)
            {
                _neverStarted++;
                _never.Record(now - DueAt(i));
            }
        }
    }

    private void DidNotEnd(long latency)
    {
        lock (_gate)
        {
            _unfinished++;
            _never.Record(latency);
        }
    }

    /// <summary>One operation at a time; used again for the next when it has ended, so that a high rate makes no garbage.</summary>
    private sealed class OpenOperation : IThreadPoolWorkItem
    {
        private const long Idle = -1;

        private readonly OpenGenerator _generator;
        private readonly Action _ended;
        private Task? _task;
        private long _index;
        private long _due = Idle;
        private volatile bool _hasBegun;

        public OpenOperation(OpenGenerator generator)
        {
            _generator = generator;
            _ended = () => End(ErrorOf(_task!));
        }

        /// <summary>A thread of the pool has taken it up.</summary>
        public bool HasBegun => _hasBegun;

        public void Prepare(long index, long due)
        {
            _index = index;
            _hasBegun = false;
            Interlocked.Exchange(ref _due, due);
        }

        public void Execute()
        {
            // Given up while it was queued: the test is over, and what is tested must not be asked any more.
            if (Interlocked.Read(ref _due) is var due && due == Idle)
                return;

            _hasBegun = true;
            _generator.StartedLate(due);
            try
            {
                _task = _generator.Operation(_index) ?? throw new InvalidOperationException("The operation returned no task.");
            }
            catch (Exception exception) // the operation's own; it is counted
            {
                End(exception);
                return;
            }

            if (_task.IsCompleted)
                _ended();
            else
                _task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_ended);
        }

        /// <summary>When it was due, for the one who is first to say that it ended or did not; <see langword="null"/> for everybody else.</summary>
        public long? Claim() => Interlocked.Exchange(ref _due, Idle) is var due and not Idle ? due : null;

        private static Exception? ErrorOf(Task task) => task.IsCompletedSuccessfully ? null
            : task.IsCanceled ? new TaskCanceledException(task)
            : task.Exception!.InnerException;

        private void End(Exception? error)
        {
            if (Claim() is not { } due)
                return;

            _task = null;
            _generator.Ended(due, error);
            _generator._idle.Enqueue(this);
            Interlocked.Decrement(ref _generator._inFlight);
        }
    }

    private Task Operation(long index) => operation(new LoadOperation(index, 0), ct);

    private void StartedLate(long due) => recorder.Started(clock.Now - due);

    private void Ended(long due, Exception? error)
    {
        long now = clock.Now;
        if (error is OperationCanceledException && ct.IsCancellationRequested)
            DidNotEnd(now - due);       // it was ended
        else
            recorder.Ended(now, now - due, error);
    }
}

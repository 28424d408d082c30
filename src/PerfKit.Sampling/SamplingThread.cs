namespace PerfKit.Sampling;

/// <summary>A background thread that calls an action when the schedule says so; one run, from its making to <see cref="Stop"/>.</summary>
internal sealed class SamplingThread
{
    /// <summary>The name that debuggers and dumps show.</summary>
    internal const string Name = "PerfKit sampler";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Action _sample;
    private readonly TimeProvider _time;
    private readonly UnavailableFigures _unavailable;
    private readonly Thread _thread;
    private SampleSchedule _schedule;             // touched by the thread only
    private readonly object _wakeUp = new();      // a monitor: unlike an event it needs no disposal, which a late timer could cross
    private bool _stopped;                        // guarded by _wakeUp
    private bool _due;                            // guarded by _wakeUp

    internal SamplingThread(Action sample, TimeSpan interval, TimeProvider time, UnavailableFigures unavailable)
    {
        _sample = sample;
        _time = time;
        _unavailable = unavailable;
        _schedule = new SampleSchedule(interval);
        _thread = new Thread(Run) { IsBackground = true, Name = Name };
        _thread.UnsafeStart(); // without the starter's execution context: its async locals are none of our business
    }

    /// <summary>Ends the run, and waits for a sample under way unless it is that sample's handler that calls.</summary>
    internal void Stop()
    {
        lock (_wakeUp)
        {
            _stopped = true;
            Monitor.Pulse(_wakeUp);
        }

        if (Thread.CurrentThread != _thread) _thread.Join(StopPatience);
    }

    private void Run()
    {
        try
        {
            if (_time == TimeProvider.System)
            {
                Loop(StoppedWithin);
                return;
            }

            using ITimer timer = _time.CreateTimer(_ => WakeUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Loop(wait => StoppedBeforeTimer(timer, wait));
        }
        catch (Exception e) // a time provider that throws: an exception leaving this thread would end the process
        {
            _unavailable.Note("(schedule)", $"Sampling ended: {e.Message}");
        }
    }

    private void Loop(Func<TimeSpan, bool> stoppedWithin)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            if (stoppedWithin(_schedule.Until(_time.GetElapsedTime(start)))) return;

            TimeSpan now = _time.GetElapsedTime(start);
            if (_schedule.Until(now) > TimeSpan.Zero) continue; // woken early
            _schedule.Taken(now);
            _sample();
        }
    }

    /// <summary>Waits on the system's clock, in whole milliseconds rounded up: rounded down, the last one would be spun away.</summary>
    private bool StoppedWithin(TimeSpan wait)
    {
        lock (_wakeUp)
        {
            if (!_stopped && wait > TimeSpan.Zero) Monitor.Wait(_wakeUp, (int)Math.Ceiling(wait.TotalMilliseconds));
            return _stopped;
        }
    }

    private bool StoppedBeforeTimer(ITimer timer, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero) timer.Change(wait, Timeout.InfiniteTimeSpan);
        lock (_wakeUp)
        {
            while (!_stopped && !_due && wait > TimeSpan.Zero) Monitor.Wait(_wakeUp);
            _due = false;
            return _stopped;
        }
    }

    private void WakeUp()
    {
        lock (_wakeUp)
        {
            _due = true;
            Monitor.Pulse(_wakeUp);
        }
    }
}

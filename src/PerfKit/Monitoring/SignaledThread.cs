namespace PerfKit;

/// <summary>
/// A background thread that works when it is told to: for code of the user's that may block, and that must run just when the
/// thread pool has no thread to give. Signals while it works are one more run.
/// </summary>
internal sealed class SignaledThread
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Action _work;
    private SignaledThread? _before;
    private readonly Thread _thread;
    private bool _isSignaled; // guarded by _gate
    private bool _isStopped;  // guarded by _gate

    /// <param name="name">The name that debuggers and dumps show.</param>
    /// <param name="work">Must not throw.</param>
    /// <param name="before">One that did this work before, and was or is being stopped: it is waited for, though not for long.</param>
    public SignaledThread(string name, Action work, SignaledThread? before = null)
    {
        _work = work;
        _before = before;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.UnsafeStart(); // without the starter's execution context: its async locals are none of our business
    }

    public void Signal()
    {
        lock (_gate)
        {
            _isSignaled = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lets it finish what it was signaled for, and waits for that, but not for long: user code may hang.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
        if (Thread.CurrentThread != _thread)
            _thread.Join(StopPatience);
    }

    private void Run()
    {
        _before?._thread.Join(StopPatience);
        _before = null; // not a chain of all that ever were
        while (true)
        {
            lock (_gate)
            {
                while (!_isSignaled && !_isStopped)
                    Monitor.Wait(_gate);
                if (!_isSignaled)
                    return;
                _isSignaled = false;
            }
            _work();
        }
    }
}

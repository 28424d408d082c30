namespace PerfKit.Sampling;

/// <summary>
/// Adds up how long threads waited for managed locks while somebody listened, from the begin and the end of each wait.
/// Thread-safe. Bounded: a stretch of listening closes by itself after so many waits, because each costs some 50 µs to hear of.
/// </summary>
internal sealed class LockWaits
{
    internal const int MostEnds = 500;
    internal const int MostWaiting = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, DateTime> _waiting = []; // thread, and since when; guarded by _gate, as is all below
    private DateTime _openedAt;
    private DateTime _countedTo;
    private bool _isOpen;
    private int _ends;
    private TimeSpan _waited;
    private TimeSpan _watched;

    /// <summary>A stretch is open.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate) return _isOpen;
        }
    }

    /// <summary>Begins a stretch; waits that go on from before it count from here.</summary>
    public void Open(DateTime at)
    {
        lock (_gate)
        {
            _waiting.Clear();
            _ends = 0;
            _openedAt = _countedTo = at;
            _isOpen = true;
        }
    }

    /// <summary>A thread begins to wait.</summary>
    public void Begin(long thread, DateTime at)
    {
        lock (_gate)
        {
            if (_isOpen && _waiting.Count < MostWaiting)
                _waiting[thread] = at;
        }
    }

    /// <summary>A thread has its lock.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="at">When it got it.</param>
    /// <param name="duration">How long it had waited: for a wait whose begin was not heard.</param>
    /// <returns>Whether to listen on: the stretch is still open.</returns>
    public bool End(long thread, DateTime at, TimeSpan duration)
    {
        lock (_gate)
        {
            if (!_isOpen)
                return false;
            DateTime from = _waiting.Remove(thread, out DateTime since) ? Later(since, _countedTo) : Later(at - duration, _openedAt);
            if (at > from)
                _waited += at - from;
            if (++_ends >= MostEnds)
                Count(at, isLast: true);
            return _isOpen;
        }
    }

    /// <summary>What was waited, and how long was listened, in all stretches so far; waits that go on count until now.</summary>
    public (TimeSpan Waited, TimeSpan Watched) Total(DateTime now)
    {
        lock (_gate)
        {
            if (_isOpen)
                Count(now, isLast: false);
            return (_waited, _watched);
        }
    }

    /// <summary>Ends a stretch, if one is open.</summary>
    public void Close(DateTime now)
    {
        lock (_gate)
        {
            if (_isOpen)
                Count(now, isLast: true);
        }
    }

    // Events come some milliseconds late, and the wall clock that they bear may be set: nothing is added twice, or taken back.
    private void Count(DateTime to, bool isLast)
    {
        if (to > _countedTo)
            _watched += to - _countedTo;
        foreach (DateTime since in _waiting.Values)
        {
            DateTime from = Later(since, _countedTo);
            if (to > from)
                _waited += to - from;
        }
        _countedTo = Later(to, _countedTo);
        _isOpen = !isLast;
    }

    private static DateTime Later(DateTime left, DateTime right) => left > right ? left : right;
}

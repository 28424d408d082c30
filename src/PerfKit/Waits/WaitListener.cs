using System.Diagnostics;
using System.Diagnostics.Tracing;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>Tells the chronicle of locks what the runtime tells, on the clock of the attribution's books.</summary>
internal sealed class WaitListener : ContentionListener
{
    internal const int MostEndsASecond = 5_000; // some 50 µs each

    private readonly Lock _gate = new();
    private readonly LockChronicle _chronicle; // guarded by _gate, as is all below
    private long _origin;
    private DateTime _originTime;
    private bool _isOpen;
    private int _ends;

    public WaitListener(Action<LockWait> ended) => _chronicle = new LockChronicle(ended);

    /// <summary>Begins to listen, if the runtime is able to tell, and nothing does so already.</summary>
    public void Start()
    {
        if (!IsAble)
            return;
        lock (_gate)
        {
            if (!_isOpen)
            {
                (_origin, _originTime, _isOpen, _ends) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow().UtcDateTime, true, 0);
                _chronicle.Open(_origin);
            }
        }
        Listen();
    }

    /// <summary>Ends listening; waits that go on count until now.</summary>
    public void Stop()
    {
        if (!IsAble)
            return;
        Ignore(unless: static () => false);
        lock (_gate)
        {
            _isOpen = false;
            _chronicle.Close(Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Stops when there were too many waits since the last second began.</summary>
    public void StopIfFull()
    {
        bool isFull;
        lock (_gate)
            isFull = _isOpen && _ends >= MostEndsASecond;
        if (isFull)
            Stop();
    }

    /// <summary>A second begins.</summary>
    public void Renew()
    {
        lock (_gate)
            _ends = 0;
        Start();
    }

    /// <inheritdoc/>
    protected override void WaitBegan(EventWrittenEventArgs wait, ulong lockId, long owner)
    {
        lock (_gate)
        {
            if (_isOpen && lockId != 0)
                _chronicle.Begin(wait.OSThreadId, At(wait), lockId, owner);
        }
    }

    /// <inheritdoc/>
    protected override void WaitEnded(EventWrittenEventArgs wait, TimeSpan duration)
    {
        lock (_gate)
        {
            if (_isOpen && ++_ends <= MostEndsASecond)
                _chronicle.End(wait.OSThreadId, At(wait), RuntimeReading.FromTimeSpan(duration));
        }
    }

    // The wall clock may be set meanwhile; the session's own time goes on from its beginning as the raw clock does.
    private long At(EventWrittenEventArgs wait) => _origin + RuntimeReading.FromTimeSpan(wait.TimeStamp - _originTime);
}

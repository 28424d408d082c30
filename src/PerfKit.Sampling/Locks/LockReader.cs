namespace PerfKit.Sampling;

/// <summary>
/// Reads how long threads waited for managed locks. Listening costs, so it does so only while there are contentions, and to
/// 500 waits a second at most. It goes on for a while after the last one: to begin and to end takes the runtime long, and what
/// happens meanwhile is not heard.
/// </summary>
internal sealed class LockReader(UnavailableFigures unavailable) : IResourceReader
{
    private const int QuietReadings = 10;
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10); // ten readings may be a tenth of a second
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private readonly LockWaits _waits = new();
    private LockListener? _listener;
    private long? _contentions;
    private DateTime _openedAt;
    private DateTime _contendedAt;
    private int _quiet;
    private bool _isListening;
    private bool _isDisposed;

    public void Read(ref ResourceReading reading)
    {
        long contentions = Monitor.LockContentionCount;
        bool isContended = contentions > (_contentions ?? contentions);
        _contentions = contentions;
        _quiet = isContended ? 0 : _quiet + 1;
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime; // the clock of the events
        if (isContended)
            _contendedAt = now;
        (reading.LockWaited, reading.LockWatched) = _waits.Total(now);
        if (_isDisposed)
            return;
        if (_isListening && _quiet > QuietReadings && (now - _contendedAt).Duration() >= QuietTime)
            Stop(now);
        else if (isContended && !_waits.IsOpen && (now - _openedAt).Duration() >= LeastPause) // the clock may have been set back
            Start(now);
        else if (!_isListening)
            _listener?.Stop(); // a watch may have kept it from that
    }

    public void Dispose()
    {
        _isDisposed = true;
        _listener?.Dispose();
    }

    private void Start(DateTime now)
    {
        _listener ??= new LockListener(_waits);
        if (!_listener.IsAble)
        {
            unavailable.Note("LockWaitThreads", "The runtime does not tell of its locks: event support is switched off.");
            return;
        }
        _openedAt = now;
        _isListening = true;
        _waits.Open(now);
        _listener.Start();
    }

    private void Stop(DateTime now)
    {
        _isListening = false;
        _waits.Close(now);
        _listener!.Stop();
    }
}

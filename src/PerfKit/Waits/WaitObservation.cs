namespace PerfKit;

/// <summary>What one who asks sees of the watch, from its making to its end.</summary>
internal sealed class WaitObservation : IDisposable
{
    private readonly WaitWatch _watch;
    private readonly bool _isAsking;
    private readonly WaitTally _tally = new();
    private int _isEnded;

    internal WaitObservation(WaitWatch watch, bool isAsking)
    {
        (_watch, _isAsking) = (watch, isAsking);
        watch.Add(_tally, isAsking);
    }

    /// <summary>Ends it.</summary>
    /// <returns>What was seen; <c>null</c> when the watch was never on.</returns>
    public WaitTable? Finish()
    {
        Dispose();
        return _tally.ToTable();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            _watch.Remove(_tally, _isAsking);
    }
}

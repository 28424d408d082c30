using PerfKit.Analysis;

namespace PerfKit;

/// <summary>
/// Reads the figures that the application provides, on a thread of their own: what they call may block. What was read is
/// unknown again when it grows old.
/// </summary>
internal sealed class FigureCollector(IReadOnlyList<ProvidedFigure> figures, TimeProvider time, TimeSpan interval, QuietLogger logger)
{
    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinLifetime = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _lifetime = interval * 5 > MinLifetime ? interval * 5 : MinLifetime;
    private readonly (FigureReading Reading, long At)[] _latest = new (FigureReading, long)[figures.Count]; // guarded by itself
    private readonly HashSet<ProvidedFigure> _failed = []; // guarded by itself
    private SignaledThread? _thread;
    private long? _asked; // touched by the sampler only

    /// <summary>Begins to read, on a new thread: one that is being stopped ends by itself. Calls follow one another.</summary>
    /// <returns>The thread, stopped by the one who started it; <c>null</c> when there is nothing to read.</returns>
    public SignaledThread? Start()
    {
        lock (_latest)
            Array.Clear(_latest);
        return figures.Count == 0 ? null : _thread = new SignaledThread("PerfKit figures", Read, before: _thread);
    }

    /// <summary>Adds what was read last, and asks for more when that is a second ago.</summary>
    public void AddTo(List<FigureReading> readings)
    {
        if (_thread is not { } thread)
            return;
        long now = time.GetTimestamp();
        if (_asked is not long asked || time.GetElapsedTime(asked, now) >= Cadence)
        {
            _asked = now;
            thread.Signal();
        }
        lock (_latest)
        {
            foreach ((FigureReading reading, long at) in _latest)
            {
                if (reading.Figure is not null && time.GetElapsedTime(at, now) <= _lifetime)
                    readings.Add(reading);
            }
        }
    }

    internal void Read()
    {
        for (int i = 0; i < figures.Count; i++)
        {
            ProvidedFigure figure = figures[i];
            var reading = new FigureReading(figure.Figure, figure.Service, Value(figure));
            lock (_latest)
                _latest[i] = (reading, time.GetTimestamp());
        }
    }

    private double? Value(ProvidedFigure figure)
    {
        try
        {
            return figure.Read();
        }
        catch (Exception exception)
        {
            bool isFirst;
            lock (_failed)
                isFirst = _failed.Add(figure);
            if (isFirst)
                logger.FigureFailed(exception, figure.Figure);
            return null;
        }
    }
}

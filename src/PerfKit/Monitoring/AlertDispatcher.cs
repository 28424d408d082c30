using PerfKit.Analysis;

namespace PerfKit;

/// <summary>
/// Tells of alerts: the log first, then the user's handlers. All of them may block or throw, so they are called on a thread of
/// their own, from a queue that is bounded: the oldest changes give way, and are counted.
/// </summary>
internal sealed class AlertDispatcher(MonitoringOptions options, QuietLogger logger)
{
    internal const int Capacity = 1024;

    private readonly Queue<AlertChange> _queue = new(); // guarded by itself
    private readonly HashSet<Delegate> _failed = [];    // guarded by itself
    private SignaledThread? _thread;
    private long _lost;
    private long _failures;

    public long Lost => Interlocked.Read(ref _lost);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Begins to tell, on a new thread: one that is being stopped ends by itself. Calls follow one another.</summary>
    /// <returns>The thread; stopped by the one who started it.</returns>
    public SignaledThread Start()
    {
        var thread = new SignaledThread("PerfKit alerts", Tell, before: _thread);
        _thread = thread;
        thread.Signal(); // what was posted before
        return thread;
    }

    public void Post(AlertChange change)
    {
        lock (_queue)
        {
            if (_queue.Count == Capacity)
            {
                _queue.Dequeue();
                Interlocked.Increment(ref _lost);
            }
            _queue.Enqueue(change);
        }
        _thread?.Signal();
    }

    private void Tell()
    {
        while (Next() is { } change)
        {
            Write(change);
            foreach (Action<AlertChange> handler in options.Handlers)
                Guarded(handler, change);
            if (change.Kind is not (AlertChangeKind.Fired or AlertChangeKind.Escalated))
                continue;
            foreach ((string action, Action<AlertChange> handler) in options.Actions)
            {
                if (action.Equals(change.Alert.Action, StringComparison.OrdinalIgnoreCase))
                    Guarded(handler, change);
            }
        }
    }

    private AlertChange? Next()
    {
        lock (_queue)
            return _queue.TryDequeue(out AlertChange? change) ? change : null;
    }

    private void Guarded(Action<AlertChange> handler, AlertChange change)
    {
        try
        {
            handler(change);
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref _failures);
            bool isFirst;
            lock (_failed)
                isFirst = _failed.Add(handler);
            if (isFirst)
                logger.AlertHandlerFailed(exception);
        }
    }

    private void Write(AlertChange change)
    {
        Alert alert = change.Alert;
        string action = alert.Action ?? "none", service = alert.Service ?? "the process";
        switch (change.Kind)
        {
            case AlertChangeKind.Resolved:
                logger.AlertResolved(alert.Rule, service, alert.PastLimit.TotalSeconds, alert.Worst);
                break;
            case AlertChangeKind.Lost:
                logger.AlertLost(alert.Rule, service, alert.PastLimit.TotalSeconds);
                break;
            case AlertChangeKind.Fired or AlertChangeKind.Escalated when alert.Severity == AlertSeverity.Critical:
                logger.CriticalAlert(alert.Rule, service, alert.Value, alert.Limit, action, alert.Description);
                break;
            default:
                logger.WarningAlert(alert.Rule, service, alert.Value, alert.Limit, action, alert.Description);
                break;
        }
    }
}

namespace PerfKit.Instrumentation;

/// <summary>What start-up would have taken under a change. Immutable.</summary>
/// <param name="Total">Predicted start-up time.</param>
/// <param name="Saving">How much shorter that is than what was measured.</param>
public readonly record struct StartupPrediction(TimeSpan Total, TimeSpan Saving);

/// <summary>
/// Replays a start-up under a change: every event happens as soon as what it came after has happened and the work between
/// is done. Thread-safe.
/// </summary>
/// <remarks>
/// The replay keeps the order that was measured: it moves work away or shortens it, and does not start anything sooner than
/// what it came after. It assumes that other work takes as long as before, so it leaves out what services win when they
/// no longer compete for the CPU, and what deferred work costs those that then run beside it.
/// </remarks>
public sealed class StartupWhatIf
{
    private readonly StartupGraph _graph;

    /// <summary>Prepares to replay a start-up.</summary>
    /// <param name="snapshot">The records.</param>
    public StartupWhatIf(StartupSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _graph = new StartupGraph(snapshot);
    }

    /// <summary>What if services, with all that is nested in them, started after the application is ready?</summary>
    /// <param name="services">Their names; unknown ones change nothing.</param>
    /// <returns>The prediction.</returns>
    public StartupPrediction Defer(params IReadOnlyCollection<string> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var deferred = services.ToHashSet(StringComparer.Ordinal);
        var isDeferred = new bool[_graph.Records.Count];
        foreach (StartupRecord record in _graph.Records)
        {
            // Records are in order of beginning, so a parent comes before what is nested in it.
            isDeferred[record.Id] = deferred.Contains(record.Name) || (record.ParentId is int parent && isDeferred[parent]);
        }
        return Predict(owner => isDeferred[owner] ? 0 : 1);
    }

    /// <summary>What if a service's own work took less time?</summary>
    /// <param name="service">Its name; an unknown one changes nothing.</param>
    /// <param name="percent">How much less, from 0 to 100.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is outside its range.</exception>
    public StartupPrediction Speed(string service, double percent)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!(percent >= 0 && percent <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Allowed: 0 to 100.");
        return Predict(owner => _graph.Records[owner].Name == service ? 1 - (percent / 100) : 1);
    }

    private StartupPrediction Predict(Func<int, double> partOfWork)
    {
        TimeSpan total = _graph.Replay(partOfWork)[_graph.RootEnd];
        return new StartupPrediction(total, _graph.Total - total);
    }
}

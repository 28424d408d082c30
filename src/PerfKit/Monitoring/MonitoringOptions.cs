using PerfKit.Analysis;

namespace PerfKit;

/// <summary>What the monitor watches, and whom it tells. Set before use: not thread-safe while it changes.</summary>
public sealed class MonitoringOptions
{
    internal const int MostRules = 256;
    internal const int MostFigures = 256;

    /// <summary>Rules that limits of single services in the configuration made; they do not count as the user's.</summary>
    internal const int MostDerivedRules = 1024;

    private readonly List<Action<AlertChange>> _handlers = [];
    private readonly List<(string Action, Action<AlertChange> Handler)> _actions = [];
    private readonly List<ProvidedFigure> _figures = [];

    /// <summary>The rules. Limits that a rule does not have come from <see cref="PerformanceAuditorOptions.Thresholds"/>.</summary>
    /// <value>Default: CPU for 30 seconds, the working set for 30 seconds, the fullest disk for 60 seconds. Up to 256, each with a name of its own.</value>
    public IList<AlertRule> Rules { get; } =
    [
        new() { Figure = "cpu_usage_percent", Duration = TimeSpan.FromSeconds(30) },
        new() { Figure = "memory_usage_bytes", Duration = TimeSpan.FromSeconds(30) },
        new() { Figure = "disk_usage_percent", Duration = TimeSpan.FromSeconds(60) },
    ];

    internal HashSet<(string Figure, string? Service)> Derived { get; } = [];

    internal IReadOnlyList<Action<AlertChange>> Handlers => _handlers;

    internal IReadOnlyList<(string Action, Action<AlertChange> Handler)> Actions => _actions;

    internal IReadOnlyList<ProvidedFigure> Figures => _figures;

    /// <summary>Calls a handler with every change of an alert.</summary>
    /// <param name="handler">
    /// Called on a thread of the monitor's own, one call after another, in the order of the changes. What it throws is counted and
    /// logged once; while it takes its time, up to 1,024 changes wait, and sampling goes on.
    /// </param>
    /// <returns>These options.</returns>
    public MonitoringOptions OnAlert(Action<AlertChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Add(handler);
        return this;
    }

    /// <summary>Calls a handler when an alert whose rule names this action is raised, and when it becomes critical.</summary>
    /// <param name="action">The action, such as <c>scale_up</c>, in any case.</param>
    /// <param name="handler">Called as one of <see cref="OnAlert"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The action is blank.</exception>
    public MonitoringOptions OnAction(string action, Action<AlertChange> handler)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(action);
        ArgumentNullException.ThrowIfNull(handler);
        _actions.Add((action, handler));
        return this;
    }

    /// <summary>Provides a figure: that of a threshold which PerfKit does not measure, or one of the application's own.</summary>
    /// <param name="figure">The threshold's key, such as <c>connection_pool_utilization</c>, or a name that a rule uses.</param>
    /// <param name="read">
    /// Reads it, in the unit of the threshold; <c>null</c> when it is unknown. Called about once a second, on a thread of the
    /// monitor's own, one after another. What it throws makes the figure unknown.
    /// </param>
    /// <param name="service">The service it is of; <c>null</c> for the process.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The name is blank, is that of a figure which samples have, or is provided already.</exception>
    public MonitoringOptions AddFigure(string figure, Func<double?> read, string? service = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(figure);
        ArgumentNullException.ThrowIfNull(read);
        if (ThresholdCatalog.Find(figure) is { Group: ThresholdGroup.System })
            throw new ArgumentException($"'{figure}' is measured by PerfKit; allowed: a figure of a service or a database, or a name of your own.", nameof(figure));
        if (_figures.Exists(other => other.Figure == figure && other.Service == service))
            throw new ArgumentException($"'{figure}' is provided already.", nameof(figure));
        if (_figures.Count == MostFigures)
            throw new ArgumentException($"'{figure}' is one too many; allowed: {MostFigures} figures.", nameof(figure));
        _figures.Add(new ProvidedFigure(figure, service, read));
        return this;
    }

    internal IEnumerable<string> Mistakes()
    {
        int own = Rules.Count(rule => rule is null || !Derived.Contains((rule.Figure, rule.Service)));
        if (own > MostRules)
            yield return $"Rules has {own} entries; allowed: up to {MostRules}.";
        foreach (string mistake in AlertEvaluator.Mistakes([.. Rules]))
            yield return mistake;
    }
}

/// <param name="Figure">The figure's name.</param>
/// <param name="Service">The service it is of.</param>
/// <param name="Read">Reads it; user code.</param>
internal sealed record ProvidedFigure(string Figure, string? Service, Func<double?> Read);

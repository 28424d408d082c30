using Microsoft.Extensions.Logging;
using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>
/// Watches while the application runs: compares every sample of the auditor's sampler with alert rules, tells when an alert
/// begins and when it is over, and keeps means of the last minutes. Thread-safe; its memory is bounded.
/// </summary>
/// <remarks>
/// <c>AddPerformanceAuditor().AddMonitoring()</c> registers one that runs with the host. It has no timer of its own. Rules are
/// judged on the sampler's thread; logging and the user's handlers have a thread of theirs, so that they hold up no sample.
/// </remarks>
public sealed class PerformanceMonitor : IDisposable
{
    private const int MostRecent = 256;

    private readonly PerformanceAuditor _auditor;
    private readonly MonitoringOptions _options;
    private readonly AlertRule[]? _ownRules;                 // null when they are the auditor's, and follow its reloads
    private readonly QuietLogger _logger;
    private readonly Lock _lock = new();
    private readonly AlertEvaluator _evaluator;              // guarded by _lock
    private readonly FigureBook _book;                       // guarded by _lock
    private readonly Queue<Alert> _recent = new();           // guarded by _lock
    private readonly List<FigureReading> _figures = [];      // guarded by _lock
    private readonly ServiceFigures _services;               // guarded by _lock
    private readonly FigureCollector _collector;
    private readonly AlertDispatcher _dispatcher;
    private bool _watchesServices;                           // guarded by _lock
    private Run? _run;                                       // guarded by _lock; null while it does not watch
    private bool _hasFailed;                                 // touched by the sampler only

    /// <summary>Makes a monitor that is not running yet.</summary>
    /// <param name="auditor">Its sampler gives the samples, its options the thresholds.</param>
    /// <param name="options">
    /// Rules, handlers, figures; the auditor's own when <c>null</c>. A reload of the configuration replaces only the auditor's own rules;
    /// thresholds follow it always.
    /// </param>
    /// <param name="loggerFactory">Where messages go; nowhere when <c>null</c>.</param>
    /// <exception cref="ArgumentException">A rule is not valid; the message names every wrong field.</exception>
    public PerformanceMonitor(PerformanceAuditor auditor, MonitoringOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(auditor);
        _auditor = auditor;
        _options = options ?? auditor.Options.Monitoring;
        _ownRules = _options == auditor.Options.Monitoring ? null : [.. _options.Rules];
        _logger = QuietLogger.Of(loggerFactory);
        _evaluator = new AlertEvaluator(_options.Rules, auditor.Thresholds, auditor.Sampler.Interval);
        _watchesServices = _options.Rules.Any(ServiceFigures.Has);
        _book = new FigureBook(auditor.Time, _evaluator.LongestGap);
        _services = new ServiceFigures(auditor.Time);
        _collector = new FigureCollector(_options.Figures, auditor.Time, auditor.Sampler.Interval, _logger);
        _dispatcher = new AlertDispatcher(_options, _logger);
        auditor.Reloaded += OnReloaded;
    }

    /// <summary>Alerts that are not over, oldest first.</summary>
    public IReadOnlyList<Alert> ActiveAlerts
    {
        get
        {
            lock (_lock)
                return _evaluator.Active;
        }
    }

    /// <summary>Changes that no handler was told of, because 1,024 others waited.</summary>
    public long LostChanges => _dispatcher.Lost;

    /// <summary>Calls of handlers, and of the log, that ended in an exception.</summary>
    public long FailedHandlers => _dispatcher.Failures + _logger.Failures;

    /// <summary>Begins to watch, and keeps the sampler running; does nothing when it watches already.</summary>
    public void Start()
    {
        // Outside the lock: it may wait for the sampler to stop, whose thread may wait for the lock.
        IDisposable sampling = _auditor.Sample();
        bool isRunning;
        lock (_lock)
        {
            isRunning = _run is not null;
            if (!isRunning)
            {
                _run = new Run(sampling, _collector.Start(), _dispatcher.Start());
                _auditor.Sampler.Sampled += OnSampled;
            }
        }
        if (isRunning)
        {
            sampling.Dispose();
            return;
        }
        foreach (AlertRule rule in _options.Rules.Where(NothingProvides))
            _logger.NothingProvides(rule.Figure, rule.Name);
    }

    /// <summary>
    /// Ends the watch. Changes that wait are told first; handlers that take longer than five seconds are left behind. It may be
    /// started again.
    /// </summary>
    public void Stop()
    {
        Run? run;
        lock (_lock)
        {
            run = _run;
            _run = null;
            if (run is not null)
                _auditor.Sampler.Sampled -= OnSampled;
        }
        // Outside the lock: these wait. They are this run's own, so another may have begun.
        run?.Sampling.Dispose();
        run?.Figures?.Stop();
        run?.Alerts.Stop();
    }

    /// <summary>Sums up what was seen lately.</summary>
    /// <returns>Means of 1, 5 and 15 minutes, alerts, and where each rule stands.</returns>
    public MonitorSummary Summarize()
    {
        lock (_lock)
        {
            return new MonitorSummary
            {
                TakenAt = _auditor.Time.GetUtcNow(),
                Figures = _book.Summarize(),
                ActiveAlerts = _evaluator.Active,
                RecentAlerts = [.. _recent.Reverse()],
                Rules = _evaluator.Status,
            };
        }
    }

    /// <summary>Ends the watch for good.</summary>
    public void Dispose()
    {
        _auditor.Reloaded -= OnReloaded;
        Stop();
    }

    internal void Observe(in ResourceSample sample)
    {
        lock (_lock)
        {
            _figures.Clear();
            if (_watchesServices)
                _services.AddTo(_figures);
            _collector.AddTo(_figures);
            Tell(_evaluator.Evaluate(sample, _figures));
            _book.Add(sample, _figures);
        }
    }

    private void OnSampled(ResourceSample sample)
    {
        using IDisposable own = OwnWork.Begin();
        try
        {
            Observe(sample);
        }
        catch (Exception exception) when (!_hasFailed) // the sampler counts the others
        {
            _hasFailed = true;
            _logger.Failed(exception, "being monitored");
        }
    }

    private void OnReloaded(PerformanceAuditorOptions options)
    {
        IEnumerable<AlertRule> rules = _ownRules ?? [.. options.Monitoring.Rules];
        lock (_lock)
        {
            Tell(_evaluator.Use(rules, options.Thresholds));
            _watchesServices = rules.Any(ServiceFigures.Has);
        }
    }

    private void Tell(IReadOnlyList<AlertChange> changes)
    {
        foreach (AlertChange change in changes)
        {
            if (change.Kind is AlertChangeKind.Resolved or AlertChangeKind.Lost)
            {
                if (_recent.Count == MostRecent)
                    _recent.Dequeue();
                _recent.Enqueue(change.Alert);
            }
            _dispatcher.Post(change);
        }
    }

    /// <summary>What one start took, and its stop gives back.</summary>
    private sealed record Run(IDisposable Sampling, SignaledThread? Figures, SignaledThread Alerts);

    private bool NothingProvides(AlertRule rule) =>
        ThresholdCatalog.Find(rule.Figure) is null or { IsProvided: true }
        && !_options.Figures.Any(figure => figure.Figure.Equals(rule.Figure, StringComparison.OrdinalIgnoreCase));
}

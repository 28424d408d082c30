using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit;

/// <inheritdoc cref="IPerformanceAuditor"/>
/// <remarks>
/// <c>AddPerformanceAuditor()</c> registers one in a container; <see cref="Default"/> serves code without one.
/// </remarks>
public sealed class PerformanceAuditor : IPerformanceAuditor, IDisposable
{
    private static readonly Lazy<PerformanceAuditor> DefaultAuditor = new(() => new PerformanceAuditor());

    private readonly PerformanceAuditorOptions _options;
    private readonly OptionsReload? _reload;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AuditLog? _auditLog;
    private readonly RunMemory _memory;
    private readonly BottleneckAnalyzer _analyzer;
    private readonly RecentUsage _recentUsage;
    private readonly ProcessDiscovery _processes = new();
    private readonly SamplerLease _sampling;
    private readonly AuditTelemetry _telemetry;
    private readonly CpuBudget _budget; // used by the sampler's thread
    private readonly BreachWatch? _breaches;
    private volatile WaitTable? _recentWaits;
    private volatile Thresholds _thresholds; // a reload replaces it, so an audit reads it once
    private string? _lastStartupLine;
    private long _lastSampled;
    private int _hasExported;

    // Sampling hears which thread waited, and the books know what ran on it; neither knows the other.
    static PerformanceAuditor() => LockListener.Waited += ThreadLedger.ChargeLockWait;

    /// <summary>Makes an auditor that no container knows. It samples only while one of its audits runs.</summary>
    /// <param name="options">Options; the defaults when <c>null</c>. Not read again afterwards.</param>
    /// <param name="loggerFactory">Where messages go; nowhere when <c>null</c>.</param>
    /// <param name="timeProvider">The clock; the system's when <c>null</c>.</param>
    /// <param name="store">Where finished audits are kept; nowhere when <c>null</c>.</param>
    /// <exception cref="OptionsValidationException">Options are not valid; the message lists every wrong field, its value and what is allowed.</exception>
    public PerformanceAuditor(
        PerformanceAuditorOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        IPerformanceStore? store = null)
        : this(Checked(options ?? new PerformanceAuditorOptions()), new AuditorServices
        {
            Logger = QuietLogger.Of(loggerFactory),
            Time = timeProvider ?? TimeProvider.System,
            Store = store,
        })
    {
    }

    internal PerformanceAuditor(PerformanceAuditorOptions options, AuditorServices services)
    {
        _options = options;
        _thresholds = options.Thresholds.Clone(); // what reports were judged by must not change under them
        _time = services.Time;
        _logger = services.Logger;
        ApplicationName = options.ApplicationName ?? services.HostApplicationName ?? AppDomain.CurrentDomain.FriendlyName;
        StartupTracker = services.Tracker;
        Sampler = services.Sampler ?? new ResourceSampler(SamplingOf(options), _time);
        ServiceDiscovery = new ServiceDiscovery(StartupTracker, services.HostedServices, _processes, options.ServiceTypeRules, _logger);
        _analyzer = new BottleneckAnalyzer(BottleneckAnalyzer.DefaultDetectors.Concat(services.Detectors), options.SuppressedRules, services.RecommendationRules);
        _auditLog = options.AuditLogPath is { } path ? new AuditLog(path, options.AuditLogMaxBytes, options.AuditLogKeptFiles, _logger) : null;
        _memory = new RunMemory(services.Store, ApplicationName, _logger);
        _recentUsage = new RecentUsage(options.AnalysisWindow, _time);
        _recentUsage.Remember();
        _budget = new CpuBudget(options.OwnCpuPercent, Sampler, _time, () => OwnWork.Cpu, _logger);
        Sampler.Surroundings = OwnWork.Begin;
        if (options.WaitWatching == WaitWatching.OnBreach)
            _breaches = new BreachWatch(options.WaitWatchDuration, _time, static () => WaitWatch.Shared.Observe(isAsking: true), OnWaitsWatched);
        Sampler.Sampled += OnSampled;
        _sampling = new SamplerLease(Sampler, _budget.End);
        _telemetry = new AuditTelemetry(Sampler, StartupTracker, services.MeterFactory);
        _reload = services.Reload;
        _reload?.Listen(Take);
    }

    /// <summary>The process-wide auditor with default options, for code without a container.</summary>
    public static PerformanceAuditor Default => DefaultAuditor.Value;

    /// <inheritdoc/>
    public string ApplicationName { get; }

    /// <inheritdoc/>
    public StartupTracker StartupTracker { get; }

    /// <inheritdoc/>
    public ResourceSampler Sampler { get; }

    /// <inheritdoc/>
    public ServiceDiscovery ServiceDiscovery { get; }

    /// <inheritdoc/>
    public WaitTable? RecentWaits => _recentWaits;

    /// <inheritdoc/>
    public async Task<StartupReport> AuditStartupPerformanceAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using AuditTelemetry.Audit audit = _telemetry.Begin("startup");
        using IDisposable own = OwnWork.BeginOnDemand();
        StartupSnapshot startup = StartupTracker.Snapshot();
        Thresholds thresholds = _thresholds;
        AnalysisResult analysis = Analyze(new Observations { Application = ApplicationName, Startup = startup }, thresholds);
        StartupOpportunities opportunities = Opportunities(startup);
        var report = new StartupReport
        {
            Application = ApplicationName,
            CreatedAt = _time.GetUtcNow(),
            Machine = MachineFacts.Current,
            TotalStartupTime = startup.Total,
            UntrackedTime = startup.Untracked,
            BeforeFirstScope = startup.BeforeFirstScope,
            BeforeFirst = startup.BeforeFirst,
            ProcessCpu = startup.ProcessCpu,
            IsComplete = startup.ReadyAt is not null,
            ReadyInsideId = startup.ReadyInsideId,
            PreviousTotalStartupTime = await _memory.PreviousStartupAsync(startup.Origin ?? _time.GetUtcNow(), cancellationToken).ConfigureAwait(false),
            Milestones = startup.Milestones,
            Services = [.. startup.Services.Values.OrderBy(service => service.Order)],
            Records = startup.Records,
            CriticalPath = CriticalPath.Of(startup),
            DroppedRecords = startup.DroppedRecords,
            BaselineMemoryBytes = startup.BaselineWorkingSetBytes,
            PeakMemoryBytes = startup.PeakWorkingSetBytes,
            Limit = thresholds.StartupSlow,
            Bottlenecks = analysis.Bottlenecks,
            Recommendations = StartupAdvice.Merge(analysis.Recommendations, opportunities.Recommendations, startup.Total),
            Together = opportunities.Together,
            Failures = analysis.Failures,
        };
        WriteOnce(new AuditLogEntry
        {
            Time = report.CreatedAt,
            Audit = "startup",
            Application = ApplicationName,
            Seconds = report.TotalStartupTime.TotalSeconds,
            Services = report.ServicesAnalyzed,
            Bottlenecks = Lines(report.Bottlenecks),
        });
        await _memory.RememberAsync(report, cancellationToken).ConfigureAwait(false);
        ExportOnce(startup, report.CriticalPath);
        audit.Found(report.Bottlenecks);
        return report;
    }

    /// <inheritdoc/>
    public async Task<RuntimeReport> AuditRuntimePerformanceAsync(
        TimeSpan duration, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (duration <= TimeSpan.Zero || duration > TimeSpan.FromDays(7))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "Allowed: above zero, up to 7 days.");

        using AuditTelemetry.Audit audit = _telemetry.Begin("runtime");
        using IDisposable sampling = _sampling.Take();
        using WaitObservation waits = WaitWatch.Shared.Observe(isAsking: _options.WaitWatching == WaitWatching.DuringAudits);
        var watch = new RuntimeWatch(Sampler, _time);
        await watch.WaitAsync(duration, progress, cancellationToken).ConfigureAwait(false);
        WaitTable? waited = waits.Finish();
        RuntimeObservations seen = watch.Finish();
        using IDisposable own = OwnWork.BeginOnDemand();

        Thresholds thresholds = _thresholds;
        AnalysisResult analysis = Analyze(
            new Observations
            {
                Application = ApplicationName,
                Samples = seen.Samples,
                Usage = seen.Usage.OfApplication(),
                Lifetime = seen.Lifetime.OfApplication(),
                Operations = seen.Operations,
                ProcessCpu = seen.ProcessCpu,
                LockBlames = waited?.LockBlames ?? [],
            },
            thresholds);
        TimeSpan? attributed = seen.Usage.Services.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, usage) => sum + usage.Cpu);
        TimeSpan? unattributed = seen.ProcessCpu - attributed;
        ServiceUsage[] usage = [.. seen.Usage.Services.OrderByDescending(usage => usage.Cpu).ThenBy(usage => usage.Service, StringComparer.Ordinal)];
        Dictionary<string, int> order = usage.Select((service, place) => (service.Service, place)).ToDictionary(StringComparer.Ordinal);
        var report = new RuntimeReport
        {
            Application = ApplicationName,
            CreatedAt = _time.GetUtcNow(),
            Machine = MachineFacts.Current,
            Duration = seen.Duration,
            RequestedDuration = duration,
            IsPartial = cancellationToken.IsCancellationRequested && seen.Duration < duration,
            ServicesMonitored = ServiceDiscovery.OwnServices().Count(service => service.Origin != ServiceOrigin.OperationMeter),
            Samples = seen.Samples,
            DroppedSamples = seen.DroppedSamples,
            Usage = usage,
            Operations = seen.Operations,
            ProcessCpu = seen.ProcessCpu,
            UnattributedCpu = unattributed < TimeSpan.Zero ? TimeSpan.Zero : unattributed,
            Waits = waited,
            Thresholds = thresholds.Clone(),
            Bottlenecks = analysis.Bottlenecks,
            Recommendations = analysis.Recommendations,
            Scores = analysis.Scores,
            ServiceScores = [.. analysis.ServiceScores.OrderBy(card => order[card.Name])],
            Explanations = analysis.Explanations,
            Trends = ResourceTrend.Of(seen.Samples),
            UnavailableFigures = Sampler.Unavailable,
            Failures = analysis.Failures,
            LoweredDetail = _budget.Notice,
        };
        Write(new AuditLogEntry
        {
            Time = report.CreatedAt,
            Audit = "runtime",
            Application = ApplicationName,
            Seconds = report.Duration.TotalSeconds,
            Services = report.ServicesMonitored,
            Samples = report.Samples.Count,
            IsPartial = report.IsPartial,
            Bottlenecks = Lines(report.Bottlenecks),
        });
        // What was seen is kept even where the audit was ended early.
        await _memory.RememberAsync(report, CancellationToken.None).ConfigureAwait(false);
        _logger.RuntimeAudited(report.Duration.TotalSeconds, report.Samples.Count, report.Bottlenecks.Count, report.IsPartial);
        audit.Found(report.Bottlenecks);
        return report;
    }

    /// <inheritdoc/>
    public async Task<WaitTable> WatchWaitsAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (duration <= TimeSpan.Zero || duration > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "Allowed: above zero, up to 1 hour.");

        using WaitObservation waits = WaitWatch.Shared.Observe(isAsking: true);
        await Task.Delay(duration, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return waits.Finish()!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Bottleneck>> IdentifyBottlenecksAsync(CancellationToken cancellationToken = default) =>
        (await AnalyzeRecentAsync(cancellationToken).ConfigureAwait(false)).Bottlenecks;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Recommendation>> GenerateOptimizationRecommendationsAsync(CancellationToken cancellationToken = default) =>
        (await AnalyzeRecentAsync(cancellationToken).ConfigureAwait(false)).Recommendations;

    /// <inheritdoc/>
    public async Task<Explanation> ExplainAsync(RuleId rule, CancellationToken cancellationToken = default)
    {
        AnalysisResult result = await AnalyzeRecentAsync(cancellationToken).ConfigureAwait(false);
        return result.Explanations.FirstOrDefault(explanation => explanation.Rule == rule) ?? throw new ArgumentException(
            $"{rule} is no rule here; allowed: {string.Join(", ", result.Explanations.Select(explanation => explanation.Rule))}.", nameof(rule));
    }

    /// <inheritdoc/>
    public Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, RuntimeReport before, RuntimeReport after, CancellationToken cancellationToken = default)
    {
        FollowUpArguments.Check(recommendation, before, after);
        return Task.Run(() => RuntimeFollowUp.Of(recommendation, before, after), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, IReadOnlyList<StartupReport> before, IReadOnlyList<StartupReport> after, CancellationToken cancellationToken = default)
    {
        FollowUpArguments.Check(recommendation, before, after);
        return Task.Run(() => StartFollowUp.Of(recommendation, before, after), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, StartupReport before, StartupReport after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return VerifyAsync(recommendation, [before], [after], cancellationToken);
    }

    /// <summary>Stops sampling. Reports that were made stay readable.</summary>
    public void Dispose()
    {
        _reload?.Dispose();
        _telemetry.Dispose();
        Sampler.Sampled -= OnSampled;
        _breaches?.Dispose();
        Sampler.Dispose();
        _processes.Dispose();
        _budget.End();
    }

    /// <summary>Raised with options that were read again and are valid.</summary>
    internal event Action<PerformanceAuditorOptions>? Reloaded;

    internal PerformanceAuditorOptions Options => _options;

    internal Thresholds Thresholds => _thresholds;

    internal TimeProvider Time => _time;

    internal IDisposable Sample() => _sampling.Take();

    private void Take(PerformanceAuditorOptions reloaded)
    {
        _thresholds = reloaded.Thresholds.Clone();
        Reloaded?.Invoke(reloaded);
    }

    private static ResourceSamplerOptions SamplingOf(PerformanceAuditorOptions options)
    {
        var sampling = new ResourceSamplerOptions
        {
            Interval = options.SamplingInterval,
            HistoryCapacity = (int)Math.Ceiling(options.SampleHistory / options.SamplingInterval),
            CoarseHistory = options.CoarseHistory,
        };
        foreach (string path in options.DiskPaths)
            sampling.DiskPaths.Add(path);
        return sampling;
    }

    private static PerformanceAuditorOptions Checked(PerformanceAuditorOptions options)
    {
        ValidateOptionsResult result = new PerformanceAuditorOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(PerformanceAuditorOptions), result.Failures)
            : options;
    }

    private Task<AnalysisResult> AnalyzeRecentAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using IDisposable own = OwnWork.BeginOnDemand();
            // Without a host nothing samples between audits: what is older than the window says nothing of the recent past.
            ResourceSample[] samples = Sampler.History.ToArray();
            TimeSpan age = _time.GetElapsedTime(Interlocked.Read(ref _lastSampled));
            int first = FirstWithin(samples, _options.AnalysisWindow - age);
            return Analyze(new Observations
            {
                Application = ApplicationName,
                Startup = StartupTracker.Snapshot(),
                Samples = samples.AsSpan(first).ToArray(),
                Usage = _recentUsage.Window()?.OfApplication(),
                Lifetime = UsageSnapshot.Take(_time).OfApplication(),
                // No operations: a meter knows its whole life, and its histograms at steps of the past would not be small.
            }, _thresholds);
        },
        cancellationToken);

    // Intervals, not time stamps: the wall clock may have been set in between.
    private static int FirstWithin(ResourceSample[] samples, TimeSpan window)
    {
        TimeSpan covered = TimeSpan.Zero;
        int first = samples.Length;
        while (first > 0 && covered < window)
            covered += samples[--first].Interval ?? TimeSpan.Zero;
        return first;
    }

    // A start that is over becomes spans once; before that they would be of a start that goes on.
    private void ExportOnce(StartupSnapshot startup, CriticalPath path)
    {
        if (!_options.ExportStartupActivities || startup.ReadyAt is null || Interlocked.Exchange(ref _hasExported, 1) != 0)
            return;
        try
        {
            AuditTelemetry.Export(ApplicationName, startup, path);
        }
        catch (Exception exception) // a listener of the user's that throws
        {
            _logger.Failed(exception, "exporting start-up activities");
        }
    }

    private StartupOpportunities Opportunities(StartupSnapshot startup)
    {
        if (_options.SuppressedRules.Contains(Rule.StartupSlow))
            return new StartupOpportunities();
        try
        {
            return StartupOpportunities.Of(startup);
        }
        catch (Exception exception) // advice that fails must not cost the report
        {
            _logger.DetectorFailed($"{Rule.StartupSlow} ({nameof(StartupOpportunities)}): {exception.GetType().Name}: {exception.Message}");
            return new StartupOpportunities();
        }
    }

    private AnalysisResult Analyze(Observations observations, Thresholds thresholds)
    {
        AnalysisResult result = _analyzer.Analyze(observations, thresholds);
        foreach (string failure in result.Failures)
            _logger.DetectorFailed(failure);
        return result;
    }

    private static AuditLogBottleneck[] Lines(IReadOnlyList<Bottleneck> bottlenecks) => bottlenecks
        .Select(found => new AuditLogBottleneck(found.Rule, found.Service, found.Severity, found.ImpactScore, found.Description))
        .ToArray();

    // The host's own audit and a call right after it say the same of a start that is over.
    private void WriteOnce(AuditLogEntry entry)
    {
        string same = JsonSerializer.Serialize(entry with { Time = default }, AuditLogJsonContext.Default.AuditLogEntry);
        if (Interlocked.Exchange(ref _lastStartupLine, same) != same)
            Write(entry);
    }

    private void Write(AuditLogEntry entry) =>
        _auditLog?.Append(JsonSerializer.SerializeToUtf8Bytes(entry, AuditLogJsonContext.Default.AuditLogEntry));

    private void OnSampled(ResourceSample sample)
    {
        using IDisposable own = OwnWork.Begin();
        Interlocked.Exchange(ref _lastSampled, _time.GetTimestamp());
        _recentUsage.Remember();
        _budget.Check();
        _breaches?.OnSampled(sample, _thresholds);
    }

    private void OnWaitsWatched(WaitTable waits)
    {
        _recentWaits = waits;
        if (waits.Blames is [var worst, ..])
            _logger.WaitsWatched(waits.Watched.TotalSeconds, worst.Victim, worst.Total.TotalSeconds, worst.Culprit, worst.Kind);
        else
            _logger.NobodyWaited(waits.Watched.TotalSeconds);
    }
}

using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Registered benchmarks that run together, and the baseline of each machine that they are compared with.</summary>
/// <remarks>Not thread-safe: benchmarks that run at the same time disturb each other.</remarks>
/// <example>
/// <code>
/// var suite = new BenchmarkSuite(RunConditions.Detect("shop"), store)
///     .Add("parse_order", "cpu", () => Order.Parse(text))
///     .AddStartup(ct => Shop.StartAndStopAsync(ct));
/// SuiteResult result = await suite.RunAllAsync();
/// BaselineComparison comparison = await suite.DetectRegressionsAsync(thresholdPercent: 20);
/// </code>
/// </example>
public sealed class BenchmarkSuite
{
    private const int MaxReruns = 2;

    /// <summary>The name of the default benchmark of <see cref="AddStartup"/>, and its operation type.</summary>
    public const string StartupName = "startup";

    /// <summary>The name of the default benchmark of <see cref="AddLoad"/>, and its operation type.</summary>
    public const string LoadName = "load";

    private readonly Dictionary<string, Registered> _benchmarks = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly BenchmarkOptions? _options;
    private readonly Instruments _instruments;
    private readonly BaselineShelf _baselines;
    private readonly IPerformanceStore _store;
    private SuiteResult? _newest;

    /// <summary>Makes an empty suite.</summary>
    /// <param name="conditions">What the results will say of application, machine and source.</param>
    /// <param name="store">Where runs and baselines are kept.</param>
    /// <param name="options">How benchmarks are repeated; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public BenchmarkSuite(RunConditions conditions, IPerformanceStore store, BenchmarkOptions? options = null, TimeProvider? timeProvider = null)
        : this(conditions, store, options, new Instruments(timeProvider ?? TimeProvider.System))
    {
    }

    internal BenchmarkSuite(RunConditions conditions, IPerformanceStore store, BenchmarkOptions? options, Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(store);
        if (options?.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));

        Conditions = conditions;
        _store = store;
        _baselines = new BaselineShelf(store, conditions);
        _options = options?.Copy();
        _instruments = instruments;
    }

    /// <summary>Gets what the results say of application, machine and source.</summary>
    public RunConditions Conditions { get; }

    /// <summary>Gets the names of the benchmarks, in the order in which they run: that of their registration.</summary>
    public IReadOnlyList<string> Names => _order;

    /// <summary>Registers an operation that runs on one thread.</summary>
    /// <param name="name">Its name, from 1 to 256 characters; no other benchmark of the suite has it.</param>
    /// <param name="operationType">The kind of operation, by which thresholds are configured; from 1 to 256 characters.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">The name is taken, or a name is empty or too long.</exception>
    /// <exception cref="InvalidOperationException">The suite has <see cref="BenchmarkSession.MaxBenchmarks"/> benchmarks.</exception>
    public BenchmarkSuite Add(string name, string operationType, Action operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Register(name, operationType, (session, ct) => Task.FromResult(session.Run(name, operationType, operation, ct)));
    }

    /// <summary>Registers an operation that awaits.</summary>
    /// <inheritdoc cref="Add(string, string, Action)"/>
    public BenchmarkSuite Add(string name, string operationType, Func<CancellationToken, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Register(name, operationType, (session, ct) => session.RunAsync(name, operationType, operation, ct));
    }

    /// <summary>Registers the default benchmark of start-up.</summary>
    /// <param name="startAndStop">Starts the application anew and stops it again; both are measured, so keep the stop short.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">It is registered already.</exception>
    public BenchmarkSuite AddStartup(Func<CancellationToken, Task> startAndStop) => Add(StartupName, StartupName, startAndStop);

    /// <summary>Registers the default benchmark under load: a short burst of a closed model, as one operation.</summary>
    /// <param name="operation">The operation of each task; called by many threads at once.</param>
    /// <param name="concurrentTasks">From 1 to 10,000.</param>
    /// <param name="operationsPerTask">From 1 to 10,000.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">It is registered already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BenchmarkSuite AddLoad(Func<CancellationToken, Task> operation, int concurrentTasks = 10, int operationsPerTask = 20)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (concurrentTasks is < 1 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(concurrentTasks), concurrentTasks, "Allowed is from 1 to 10,000.");
        if (operationsPerTask is < 1 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(operationsPerTask), operationsPerTask, "Allowed is from 1 to 10,000.");

        return Add(LoadName, LoadName, ct => Task.WhenAll(Enumerable.Range(0, concurrentTasks).Select(_ => Task.Run(
            async () =>
            {
                for (int i = 0; i < operationsPerTask; i++)
                    await operation(ct).ConfigureAwait(false);
            },
            ct))));
    }

    /// <summary>Runs all benchmarks, one after another, and keeps the run in the store.</summary>
    /// <param name="progress">Told the name of each benchmark as it begins.</param>
    /// <param name="ct">Cancels; nothing is kept then.</param>
    /// <returns>A task with the results. A benchmark that throws has a result with its error, and the others run on.</returns>
    /// <exception cref="InvalidOperationException">Nothing is registered.</exception>
    public Task<SuiteResult> RunAllAsync(IProgress<string>? progress = null, CancellationToken ct = default) => RunAsync(_order, progress, ct);

    /// <summary>Makes the newest results the baseline of this machine, after running all benchmarks if none ran yet.</summary>
    /// <param name="ct">Cancels.</param>
    /// <returns>A task with the results that are the baseline now: those without an error.</returns>
    public async Task<IReadOnlyList<BenchmarkResult>> EstablishBaselineAsync(CancellationToken ct = default)
    {
        SuiteResult results = _newest ?? await RunAllAsync(progress: null, ct).ConfigureAwait(false);
        return await _baselines.ReplaceAsync(results.Results, results.FinishedAt, ct).ConfigureAwait(false);
    }

    /// <summary>Runs some benchmarks again and puts their results into the baseline of this machine; the others' stay.</summary>
    /// <param name="names">The benchmarks, for example those that were made faster on purpose; at least one.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>A task with all results that are the baseline now.</returns>
    /// <exception cref="ArgumentException">There is no name, or one that is not registered.</exception>
    public async Task<IReadOnlyList<BenchmarkResult>> UpdateBaselineAsync(IReadOnlyCollection<string> names, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0 || names.Except(_order).Any())
            throw new ArgumentException($"Asked for are {string.Join(", ", names)}; allowed are some of {string.Join(", ", _order)}.", nameof(names));

        SuiteResult results = await RunAsync([.. _order.Where(names.Contains)], progress: null, ct).ConfigureAwait(false);
        return await _baselines.UpdateAsync(results.Results, results.FinishedAt, ct).ConfigureAwait(false);
    }

    /// <summary>Compares the newest results with the baseline of this machine, after running all benchmarks if none ran yet.</summary>
    /// <remarks>
    /// Benchmarks whose duration is worse are run again, twice at most, and their best run counts: what was slow once may have been the
    /// machine. These runs are not kept.
    /// </remarks>
    /// <param name="thresholdPercent">By how many percent a figure must be worse; above 0, at most 10,000.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>A task with what is worse, and with what could not be compared.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="thresholdPercent"/> is out of its range.</exception>
    public async Task<BaselineComparison> DetectRegressionsAsync(double thresholdPercent = 20, CancellationToken ct = default)
    {
        if (!(thresholdPercent is > 0 and <= 10_000))
            throw new ArgumentOutOfRangeException(nameof(thresholdPercent), thresholdPercent, "Allowed is above 0, at most 10,000.");

        SuiteResult results = _newest ?? await RunAllAsync(progress: null, ct).ConfigureAwait(false);
        IReadOnlyList<BenchmarkResult> baseline = await _baselines.ReadAsync(ct).ConfigureAwait(false);
        BenchmarkResult[] best = [.. results.Results];
        BaselineComparison comparison = BaselineComparison.Of(baseline, best, thresholdPercent);
        for (int rerun = 0; rerun < MaxReruns && Suspects(comparison) is { Count: > 0 } suspects; rerun++)
        {
            using BenchmarkSession session = await MeasureAsync(suspects, progress: null, ct).ConfigureAwait(false);
            foreach (BenchmarkResult again in session.Results)
            {
                int at = Array.FindIndex(best, result => (result.Name, result.OperationType) == (again.Name, again.OperationType));
                if (at >= 0 && again.Success && again.Duration?.MedianNanoseconds < best[at].Duration?.MedianNanoseconds)
                    best[at] = again;
            }

            comparison = BaselineComparison.Of(baseline, best, thresholdPercent);
        }

        return comparison;
    }

    // One run's interval tells of that run's noise, and nothing of what the machine did meanwhile: only what stays slow was slow.
    private List<string> Suspects(BaselineComparison comparison) =>
        [.. comparison.Regressions.Where(worse => worse.Metric == BenchmarkMetrics.Duration).Select(worse => worse.Name).Where(_benchmarks.ContainsKey).Distinct(StringComparer.Ordinal)];

    private async Task<SuiteResult> RunAsync(List<string> names, IProgress<string>? progress, CancellationToken ct)
    {
        if (names.Count == 0)
            throw new InvalidOperationException("The suite has no benchmarks.");

        using BenchmarkSession session = await MeasureAsync(names, progress, ct).ConfigureAwait(false);
        AuditRun run = session.ToRun();
        await _store.AppendAsync(run, ct).ConfigureAwait(false);
        return _newest = new SuiteResult(session.Results, run.FinishedAt);
    }

    private async Task<BenchmarkSession> MeasureAsync(List<string> names, IProgress<string>? progress, CancellationToken ct)
    {
        var session = new BenchmarkSession(Conditions, _options, _instruments);
        foreach (string name in names)
        {
            progress?.Report(name);
            try
            {
                await _benchmarks[name].RunAsync(session, ct).ConfigureAwait(false);
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // The session has it, as the error of a result.
            }
        }

        if (ct.IsCancellationRequested)
        {
            session.Dispose();
            ct.ThrowIfCancellationRequested();
        }

        return session;
    }

    private BenchmarkSuite Register(string name, string operationType, Func<BenchmarkSession, CancellationToken, Task<BenchmarkResult>> run)
    {
        BenchmarkSession.Check(name, nameof(name));
        BenchmarkSession.Check(operationType, nameof(operationType));
        if (_order.Count >= BenchmarkSession.MaxBenchmarks)
            throw new InvalidOperationException($"The suite has {BenchmarkSession.MaxBenchmarks} benchmarks already; '{name}' would be one more.");
        if (!_benchmarks.TryAdd(name, new Registered(run)))
            throw new ArgumentException($"A benchmark '{name}' is registered already.", nameof(name));
        _order.Add(name);
        return this;
    }

    private sealed record Registered(Func<BenchmarkSession, CancellationToken, Task<BenchmarkResult>> RunAsync);
}

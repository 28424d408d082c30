using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Measures operations inside this process: blocks of a test or an application, or operations that it repeats itself.</summary>
/// <remarks>
/// All members are thread-safe, but operations that run at the same time disturb each other. Dispose it: until then a thread of
/// its own looks at memory.
/// </remarks>
/// <example>
/// <code>
/// using var benchmarks = new BenchmarkSession(RunConditions.Detect("shop"));
/// using (benchmarks.Measure("load_catalogue", "io"))
///     catalogue.Load();
/// BenchmarkResult result = benchmarks.Run("parse_order", "cpu", () => Order.Parse(text));
/// await store.AppendAsync(benchmarks.ToRun());
/// </code>
/// </example>
public sealed class BenchmarkSession : IDisposable
{
    /// <summary>How many benchmarks a session keeps; measuring one more is refused.</summary>
    public const int MaxBenchmarks = 200;

    private const int MaxNameLength = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Type), Kept> _kept = [];      // guarded by _gate
    private readonly BenchmarkOptions _options;
    private readonly Instruments _instruments;
    private readonly MemoryWatch _memory;

    /// <summary>Makes a session.</summary>
    /// <param name="conditions">What the results will say of application, machine and source.</param>
    /// <param name="options">Read here, once; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every such option, its value and what is
    /// allowed.</exception>
    public BenchmarkSession(RunConditions conditions, BenchmarkOptions? options = null, TimeProvider? timeProvider = null)
        : this(conditions, options, new Instruments(timeProvider ?? TimeProvider.System))
    {
    }

    internal BenchmarkSession(RunConditions conditions, BenchmarkOptions? options, Instruments instruments)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        _options = options?.Copy() ?? new BenchmarkOptions();
        if (_options.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));

        Conditions = conditions;
        _instruments = instruments;
        _memory = new MemoryWatch(_options.MonitoringInterval, instruments.Time);
    }

    /// <summary>Gets what the results say of application, machine and source.</summary>
    public RunConditions Conditions { get; }

    /// <summary>Gets the results so far, in the order in which their benchmarks first ran; a benchmark measured again with
    /// <see cref="Run"/> has its newest result only, blocks of one name and type are summed up.</summary>
    public IReadOnlyList<BenchmarkResult> Results
    {
        get
        {
            lock (_gate)
                return [.. _kept.Values.Select(kept => kept.Recording.ToResult(kept.StoppedBy, Conditions, _options.Confidence))];
        }
    }

    /// <summary>Begins a measured block that ends on the thread where it began; CPU time and allocation are that thread's own.</summary>
    /// <param name="name">The benchmark's name, from 1 to 256 characters. Blocks of one name and type are one benchmark.</param>
    /// <param name="operationType">The kind of operation, from 1 to 256 characters.</param>
    /// <returns>The block; dispose it at its end. When it ends on another thread, its time counts, CPU and allocation do not.</returns>
    /// <exception cref="ArgumentException">A name is empty or too long.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MaxBenchmarks"/> others are kept already.</exception>
    public BenchmarkScope Measure(string name, string operationType) => Begin(name, operationType, MeasuredOn.Thread);

    /// <summary>Begins a measured block that may await; CPU time and allocation are those of the whole process meanwhile.</summary>
    /// <returns>The block, for <c>await using</c> as well as <c>using</c>.</returns>
    /// <inheritdoc cref="Measure"/>
    public BenchmarkScope MeasureAsync(string name, string operationType) => Begin(name, operationType, MeasuredOn.Process);

    /// <summary>Measures an operation again and again until its median is known well enough, on the calling thread.</summary>
    /// <param name="name">The benchmark's name, from 1 to 256 characters.</param>
    /// <param name="operationType">The kind of operation, from 1 to 256 characters.</param>
    /// <param name="operation">The operation. One that takes nanoseconds includes the call of the delegate, some 2 ns.</param>
    /// <param name="ct">Cancels; nothing is recorded then.</param>
    /// <returns>The result, which <see cref="Results"/> has too.</returns>
    /// <exception cref="ArgumentException">A name is empty or too long.</exception>
    /// <exception cref="Exception">Whatever <paramref name="operation"/> throws; what was measured by then is in <see cref="Results"/>
    /// with the error.</exception>
    public BenchmarkResult Run(string name, string operationType, Action operation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var iterations = new Iterations(_options, _instruments, NewRecording(name, operationType, MeasuredOn.Thread), ct);
        MemoryPeak peak = _memory.Begin();
        StopReason stoppedBy = StopReason.Failed;
        try
        {
            while (iterations.Next() is { } calls)
            {
                int begun = 0;
                iterations.Begin();
                try
                {
                    while (begun < calls)
                    {
                        begun++;
                        operation();
                    }

                    iterations.End(calls);
                }
                catch (Exception exception)
                {
                    iterations.Fail(exception, begun);
                    throw;
                }
            }

            stoppedBy = iterations.StoppedBy;
        }
        finally
        {
            Finish(iterations, peak, stoppedBy, ct);
        }

        return iterations.Recording.ToResult(stoppedBy, Conditions, _options.Confidence);
    }

    /// <summary>As <see cref="Run"/>, for an operation that awaits; CPU time and allocation are those of the whole process.</summary>
    /// <returns>A task with the result, which <see cref="Results"/> has too.</returns>
    /// <inheritdoc cref="Run"/>
    public async Task<BenchmarkResult> RunAsync(
        string name, string operationType, Func<CancellationToken, Task> operation, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var iterations = new Iterations(_options, _instruments, NewRecording(name, operationType, MeasuredOn.Process), ct);
        MemoryPeak peak = _memory.Begin();
        StopReason stoppedBy = StopReason.Failed;
        try
        {
            while (iterations.Next() is { } calls)
            {
                int begun = 0;
                iterations.Begin();
                try
                {
                    while (begun < calls)
                    {
                        begun++;
                        await operation(ct).ConfigureAwait(false);
                    }

                    iterations.End(calls);
                }
                catch (Exception exception)
                {
                    iterations.Fail(exception, begun);
                    throw;
                }
            }

            stoppedBy = iterations.StoppedBy;
        }
        finally
        {
            Finish(iterations, peak, stoppedBy, ct);
        }

        return iterations.Recording.ToResult(stoppedBy, Conditions, _options.Confidence);
    }

    /// <summary>All results as one run for an <see cref="IPerformanceStore"/>.</summary>
    /// <returns>The run; it has no figures when nothing was measured.</returns>
    public AuditRun ToRun() => BenchmarkRuns.ToRun(Results, Conditions, _instruments.Time.GetUtcNow());

    /// <summary>Ends the background look at memory; results stay readable. May be called more than once.</summary>
    public void Dispose() => _memory.Dispose();

    private BenchmarkScope Begin(string name, string operationType, MeasuredOn on)
    {
        Kept? kept;
        lock (_gate)
        {
            if (!_kept.TryGetValue((name ?? "", operationType ?? ""), out kept) || kept.StoppedBy != StopReason.None || kept.Recording.On != on)
                kept = Keep(new Kept(NewRecording(name!, operationType!, on), StopReason.None));
        }

        return new BenchmarkScope(kept.Recording, _memory, _instruments);
    }

    private Recording NewRecording(string name, string operationType, MeasuredOn on)
    {
        Check(name, nameof(name));
        Check(operationType, nameof(operationType));
        return new Recording { Name = name, OperationType = operationType, On = on, StartedAt = _instruments.Time.GetUtcNow() };
    }

    internal static void Check(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameter);
        if (text.Length > MaxNameLength)
            throw new ArgumentException($"The text has {text.Length} characters; allowed is 1 to {MaxNameLength}.", parameter);
    }

    private void Finish(Iterations iterations, MemoryPeak peak, StopReason stoppedBy, CancellationToken ct)
    {
        _memory.End(peak);
        if (stoppedBy == StopReason.Failed && ct.IsCancellationRequested)
            return;

        iterations.Recording.Include(peak);
        lock (_gate)
            Keep(new Kept(iterations.Recording, stoppedBy));
    }

    private Kept Keep(Kept kept)
    {
        (string, string) key = (kept.Recording.Name, kept.Recording.OperationType);
        if (_kept.Count >= MaxBenchmarks && !_kept.ContainsKey(key))
            throw new InvalidOperationException($"The session keeps {MaxBenchmarks} benchmarks already; '{kept.Recording.Name}' would be one more.");
        _kept[key] = kept;
        return kept;
    }

    private sealed record Kept(Recording Recording, StopReason StoppedBy);
}

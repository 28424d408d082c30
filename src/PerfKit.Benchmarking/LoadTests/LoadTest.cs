using PerfKit.Reporting;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Puts an operation under load, and tells how long it took, what it used, and whether it kept to its limits.</summary>
/// <remarks>A test may be run again and again, but not by several threads at once: two tests would measure each other.</remarks>
/// <example>
/// <code>
/// var test = new LoadTest("checkout", "api_call", (_, ct) => client.CheckoutAsync(ct),
///     new LoadTestOptions { Limits = new LoadLimits { MaxP99 = TimeSpan.FromMilliseconds(250), MinSuccessRate = 0.999 } });
/// LoadTestResult result = await test.RunAsync(LoadModel.Open(ratePerSecond: 200, TimeSpan.FromSeconds(30)));
/// Console.WriteLine(result.ToDocument().Render(ReportRenderers.Text));
/// </code>
/// </example>
public sealed class LoadTest
{
    private const int MaxNameLength = 256;

    private readonly Func<LoadOperation, CancellationToken, Task> _operation;
    private readonly LoadTestOptions _options;
    private readonly TimeProvider _time;
    private readonly Pacer _pacer;
    private readonly Action<IThreadPoolWorkItem> _start;

    /// <summary>Makes a test.</summary>
    /// <param name="name">Its name, from 1 to 256 characters.</param>
    /// <param name="operationType">The kind of operation, from 1 to 256 characters.</param>
    /// <param name="operation">The operation; called by many threads at once. The token ends it when the test is canceled.</param>
    /// <param name="options">Read here, once; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A name is empty or too long, or an option is out of its range; the message names every such
    /// option, its value and what is allowed.</exception>
    public LoadTest(string name, string operationType, Func<LoadOperation, CancellationToken, Task> operation, LoadTestOptions? options = null)
        : this(name, operationType, operation, options, TimeProvider.System, new SleepingPacer(), item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false))
    {
    }

    internal LoadTest(
        string name,
        string operationType,
        Func<LoadOperation, CancellationToken, Task> operation,
        LoadTestOptions? options,
        TimeProvider time,
        Pacer pacer,
        Action<IThreadPoolWorkItem> start)
    {
        Check(name, nameof(name));
        Check(operationType, nameof(operationType));
        ArgumentNullException.ThrowIfNull(operation);
        _options = options?.Copy() ?? new LoadTestOptions();
        if (_options.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));

        (Name, OperationType, _operation, _time, _pacer, _start) = (name, operationType, operation, time, pacer, start);
    }

    /// <summary>Gets the test's name.</summary>
    public string Name { get; }

    /// <summary>Gets the kind of operation.</summary>
    public string OperationType { get; }

    /// <summary>Runs the test.</summary>
    /// <param name="model">How operations follow one another.</param>
    /// <param name="progress">Told about once a second how far it is; an exception of it is passed over.</param>
    /// <param name="ct">Ends the test early; the result then says so, and has what was measured.</param>
    /// <returns>A task with the result. An operation that throws is counted; it ends nothing.</returns>
    public async Task<LoadTestResult> RunAsync(LoadModel model, IProgress<LoadProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        await WarmUpAsync(ct).ConfigureAwait(false);
        using var recorder = new LoadRecorder(_options.LagTolerance.Ticks * 100);
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { Interval = _options.SamplingInterval }, _time);
        DateTimeOffset startedAt = _time.GetUtcNow();
        ResourceSample first = sampler.Sample();
        sampler.Start();
        var clock = new LoadClock(_time);
        OpenGenerator? open = null;
        ClosedGenerator? closed = null;
        using (Watch(model, progress, recorder, clock))
        {
            if (model is OpenLoad openLoad)
            {
                open = new OpenGenerator(openLoad, _operation, _options, clock, recorder, _pacer, _start, ct);
                await open.RunAsync().ConfigureAwait(false);
            }
            else
            {
                closed = new ClosedGenerator((ClosedLoad)model, _operation, clock, recorder, ct);
                await UntilCanceled(closed.RunAsync(), ct).ConfigureAwait(false);
            }
        }

        var elapsed = TimeSpan.FromTicks(clock.Now / 100);
        sampler.Stop();
        ResourceSample last = sampler.Sample();
        LoadRecord record = recorder.Close();
        LatencyHistogram ended = record.Series.Aggregate(LatencyHistogram.Empty, (all, interval) => all.Merge(interval.Latency));
        long unfinished = open is null ? closed!.Started - record.Completed : open.Unfinished + open.NeverStarted;
        var result = new LoadTestResult
        {
            Name = Name,
            OperationType = OperationType,
            Model = model,
            StartedAt = startedAt,
            Elapsed = elapsed,
            IsCanceled = ct.IsCancellationRequested,
            Latency = open is null ? ended : ended.Merge(open.UnfinishedLatency),
            FailedLatency = record.FailedLatency,
            Completed = record.Completed,
            Failed = record.Failed,
            Unfinished = Math.Max(0, unfinished),
            Failures = unfinished > 0 && !ct.IsCancellationRequested
                ? [.. record.Failures, new LoadFailure("(unfinished)", unfinished, "It did not end within the drain time.")]
                : record.Failures,
            Series = record.Series,
            Resources = LoadResources.Of(first, last, sampler.History.ToArray(), elapsed),
            Generator = GeneratorReading.Of(model, open, record, _options, elapsed),
        };
        return result with { Verdict = LoadVerdict.Of(result, _options.Limits) };
    }

    private async Task WarmUpAsync(CancellationToken ct)
    {
        for (int i = 0; i < _options.WarmUpOperations && !ct.IsCancellationRequested; i++)
        {
            try
            {
                await _operation(new LoadOperation(i, 0), ct).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // What fails now fails in the test too, where it is counted.
            }
        }
    }

    /// <summary>Waits for tasks that may not listen to the token: for those the drain time must do.</summary>
    private async Task UntilCanceled(Task all, CancellationToken ct)
    {
        try
        {
            await all.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Task.WhenAny(all, Task.Delay(_options.DrainTime, _time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private ITimer? Watch(LoadModel model, IProgress<LoadProgress>? progress, LoadRecorder recorder, LoadClock clock) => progress is null
        ? null
        : _time.CreateTimer(
            _ =>
            {
                try
                {
                    (long completed, long failed) = recorder.Counts;
                    progress.Report(new LoadProgress(
                        Name, TimeSpan.FromTicks(clock.Now / 100), completed, failed, Math.Min(1, (double)completed / model.Operations)));
                }
                catch (Exception)
                {
                    // The listener's own; on a timer's thread it would end the process.
                }
            },
            null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private static void Check(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameter);
        if (text.Length > MaxNameLength)
            throw new ArgumentException($"The text has {text.Length} characters; allowed is 1 to {MaxNameLength}.", parameter);
    }
}

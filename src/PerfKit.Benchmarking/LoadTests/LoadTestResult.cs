using PerfKit.Reporting;
using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>What a load test measured. Immutable.</summary>
public sealed record LoadTestResult
{
    /// <summary>Gets the name of the test.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind of operation.</summary>
    public required string OperationType { get; init; }

    /// <summary>Gets how operations followed one another.</summary>
    public required LoadModel Model { get; init; }

    /// <summary>Gets when the test began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the time from the first intended start to the last end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets whether it was canceled; the figures are then those until there.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>
    /// Gets the latencies of all operations. Failed ones are in it too, and so are unfinished ones with the time they had taken: to
    /// leave out what went wrong would flatter. In the open model they count from the intended start.
    /// </summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>Gets the latencies of failed operations; those of successful ones are <see cref="Latency"/> since these.</summary>
    public LatencyHistogram FailedLatency { get; init; } = LatencyHistogram.Empty;

    /// <summary>Gets how many operations ended, failed ones included.</summary>
    public required long Completed { get; init; }

    /// <summary>Gets how many of <see cref="Completed"/> failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Gets how many operations were due but did not end within the drain time, or until it was canceled.</summary>
    public long Unfinished { get; init; }

    /// <summary>Gets the share that succeeded, 0 to 1; unfinished ones count as failed unless it was canceled. <see langword="null"/> without any.</summary>
    public double? SuccessRate => Completed + Overdue is > 0 and var all ? (double)(Completed - Failed) / all : null;

    /// <summary>Gets how many operations ended a second; <see langword="null"/> when no time passed.</summary>
    public double? Throughput => Elapsed > TimeSpan.Zero ? Completed / Elapsed.TotalSeconds : null;

    /// <summary>Gets the kinds of errors, most frequent first; at most 17.</summary>
    public IReadOnlyList<LoadFailure> Failures { get; init; } = [];

    /// <summary>Gets the test second by second, in order; seconds in which nothing ended are left out.</summary>
    public IReadOnlyList<LoadInterval> Series { get; init; } = [];

    /// <summary>Gets what this process used meanwhile.</summary>
    public LoadResources Resources { get; init; } = new();

    /// <summary>Gets what the generator itself did and cost.</summary>
    public GeneratorFigures Generator { get; init; } = new();

    /// <summary>Gets the test beside its limits; inconclusive when it was not compared with any.</summary>
    public LoadVerdict Verdict { get; init; } = new(LoadOutcome.Inconclusive, []);

    private long Overdue => IsCanceled ? 0 : Unfinished;

    /// <summary>The result as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    public ReportDocument ToDocument() => LoadTestDocument.Of([this], Name, StartedAt, []);

    /// <summary>The result as a run that a store keeps; its metrics are named by <see cref="LoadMetrics"/>.</summary>
    /// <param name="conditions">What the run says of application, machine and source.</param>
    /// <returns>The run, with an id of its own.</returns>
    public AuditRun ToRun(RunConditions conditions) => LoadMetrics.ToRun([this], conditions, StartedAt + Elapsed);
}

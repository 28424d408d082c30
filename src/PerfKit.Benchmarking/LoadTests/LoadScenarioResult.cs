using PerfKit.Reporting;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>What a scenario measured. Immutable.</summary>
public sealed record LoadScenarioResult
{
    /// <summary>Gets the scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the results of its tests, in order; fewer than planned when it was canceled or memory ran short.</summary>
    public required IReadOnlyList<LoadTestResult> Results { get; init; }

    /// <summary>Gets what the tests tell together, a sentence each; empty when nothing is remarkable.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Gets the worst outcome of its tests; inconclusive when none ran.</summary>
    public LoadOutcome Outcome => Results.Count == 0 ? LoadOutcome.Inconclusive : Results.Max(result => result.Verdict.Outcome);

    /// <summary>The result as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidOperationException">No test ran.</exception>
    public ReportDocument ToDocument() => LoadTestDocument.Of(Ran, Name, Ran[0].StartedAt, Findings);

    /// <summary>The result as a run that a store keeps.</summary>
    /// <param name="conditions">What the run says of application, machine and source.</param>
    /// <returns>The run, with an id of its own; each test is a service of it.</returns>
    /// <exception cref="InvalidOperationException">No test ran.</exception>
    public AuditRun ToRun(RunConditions conditions) => LoadMetrics.ToRun(Ran, conditions, Ran[^1].StartedAt + Ran[^1].Elapsed);

    private IReadOnlyList<LoadTestResult> Ran => Results.Count > 0 ? Results : throw new InvalidOperationException("No test of the scenario ran.");
}

using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>Whether a build may go on, and why not. Immutable.</summary>
public sealed record CiReport
{
    /// <summary>The first line of <see cref="ToMarkdown"/>: by it, a script finds the comment to replace.</summary>
    public const string CommentMark = "<!-- perfkit -->";

    /// <summary>Gets whether nothing was found that fails the build.</summary>
    public bool Passed => !Findings.Any(finding => finding.FailsBuild);

    /// <summary>Gets <c>PASS</c> or <c>FAIL</c>.</summary>
    public string Status => Passed ? "PASS" : "FAIL";

    /// <summary>Gets the exit code of a program that gates a build: 0 when it passed, otherwise 1.</summary>
    public int ExitCode => Passed ? 0 : 1;

    /// <summary>Gets application, machine and source.</summary>
    public required RunConditions Conditions { get; init; }

    /// <summary>Gets when the results were measured.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the results of this build.</summary>
    public required IReadOnlyList<BenchmarkResult> Results { get; init; }

    /// <summary>Gets what was found, that which fails the build first.</summary>
    public required IReadOnlyList<CiFinding> Findings { get; init; }

    /// <summary>Gets the verdicts against the history; empty when there was none.</summary>
    public IReadOnlyList<RegressionVerdict> Verdicts { get; init; } = [];

    /// <summary>Gets the comparison with the baseline; <see langword="null"/> when it was not made.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>Judges the results of a build.</summary>
    /// <param name="suite">The results.</param>
    /// <param name="conditions">Application, machine and source.</param>
    /// <param name="configuration">What is too much, and what fails a build.</param>
    /// <param name="verdicts">The verdicts against the history; <see langword="null"/> for none.</param>
    /// <param name="baseline">The comparison with the baseline; <see langword="null"/> for none.</param>
    /// <returns>The report.</returns>
    public static CiReport Create(
        SuiteResult suite,
        RunConditions conditions,
        PerformanceConfiguration configuration,
        IReadOnlyList<RegressionVerdict>? verdicts = null,
        BaselineComparison? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(configuration);
        return new CiReport
        {
            Conditions = conditions,
            CreatedAt = suite.FinishedAt,
            Results = suite.Results,
            Findings = CiGate.Find(suite.Results, configuration, verdicts ?? [], baseline),
            Verdicts = verdicts ?? [],
            Baseline = baseline,
        };
    }

    /// <summary>The report as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    public ReportDocument ToDocument() => CiDocument.Of(this);

    /// <summary>Markdown fit for a comment of a pull request: at most 60,000 characters, the verdict first.</summary>
    /// <returns>The Markdown, beginning with <see cref="CommentMark"/>.</returns>
    public string ToMarkdown() => CiDocument.Comment(this);
}

using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>
/// Tells from inside the process which service makes the application slow, why, and what fixing it would save.
/// All members are thread-safe; audits may run at the same time.
/// </summary>
public interface IPerformanceAuditor
{
    /// <summary>The application's name, as in reports.</summary>
    string ApplicationName { get; }

    /// <summary>The start-up records that audits look at.</summary>
    StartupTracker StartupTracker { get; }

    /// <summary>The sampler that audits look at; it runs while the host does, or while an audit without a host does.</summary>
    ResourceSampler Sampler { get; }

    /// <summary>Finds services and processes.</summary>
    ServiceDiscovery ServiceDiscovery { get; }

    /// <summary>Says what start-up consisted of so far and what made it slow.</summary>
    /// <param name="cancellationToken">Stops the audit.</param>
    /// <returns>The report; without start-up scopes it is empty and says so.</returns>
    /// <exception cref="OperationCanceledException">The audit was stopped.</exception>
    Task<StartupReport> AuditStartupPerformanceAsync(CancellationToken cancellationToken = default);

    /// <summary>Watches the process for a while and says what made it slow.</summary>
    /// <param name="duration">How long to watch. Above zero, up to 7 days.</param>
    /// <param name="progress">Told about once a second, and at the end.</param>
    /// <param name="cancellationToken">
    /// Ends the audit early. That is no error: the report holds what was seen until then, and is marked as partial.
    /// </param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is outside its range.</exception>
    Task<RuntimeReport> AuditRuntimePerformanceAsync(
        TimeSpan duration, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Watches for a while who makes whom wait: for locks, for collections, for the thread pool.</summary>
    /// <param name="duration">How long to watch. Above zero, up to 1 hour.</param>
    /// <param name="cancellationToken">Ends the watch early. That is no error: the table says how long it was.</param>
    /// <returns>Victims and culprits. A run-time audit that goes on meanwhile has what it saw of them in its report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is outside its range.</exception>
    /// <remarks>Costs next to nothing while nobody waits for locks, and some 40 µs of CPU for each wait that is heard of, of up to 5,000 a second.</remarks>
    Task<WaitTable> WatchWaitsAsync(TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the last watch saw that began because a limit was broken; <c>null</c> before the first has ended, and without
    /// <see cref="WaitWatching.OnBreach"/>.
    /// </summary>
    WaitTable? RecentWaits { get; }

    /// <summary>Looks for bottlenecks in start-up and in the recent past, without waiting.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// Bottlenecks by falling impact. Slow operations (PK0012) are not among them: what operation meters measured is kept for no recent
    /// past, only <see cref="AuditRuntimePerformanceAsync"/> looks at it.
    /// </returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    Task<IReadOnlyList<Bottleneck>> IdentifyBottlenecksAsync(CancellationToken cancellationToken = default);

    /// <summary>Says what to do about the bottlenecks in start-up and in the recent past, without waiting.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Recommendations, the one for the worst bottleneck first.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    Task<IReadOnlyList<Recommendation>> GenerateOptimizationRecommendationsAsync(CancellationToken cancellationToken = default);

    /// <summary>Says what a rule saw in start-up and in the recent past, and why it did or did not find something.</summary>
    /// <param name="rule">The rule; see <see cref="Rule"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">No detector has this rule.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    Task<Explanation> ExplainAsync(RuleId rule, CancellationToken cancellationToken = default);

    /// <summary>Says what a recommendation at run time achieved, beside what was predicted: its figure in a report before and in one after.</summary>
    /// <param name="recommendation">One that the report before carries.</param>
    /// <param name="before">The report with the recommendation.</param>
    /// <param name="after">A later report, under the same load.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>The verdict. At run time nothing shows whether advice was followed but its figure.</returns>
    /// <exception cref="ArgumentException">The reports are of different applications, have no machine, or the expected figure has no name.</exception>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, RuntimeReport before, RuntimeReport after, CancellationToken cancellationToken = default);

    /// <summary>Says what a recommendation for start-up achieved, beside what was predicted, by repeated starts.</summary>
    /// <param name="recommendation">One that the typical start before carries.</param>
    /// <param name="before">Reports of starts before, in any order; at least one, better four or more.</param>
    /// <param name="after">Reports of starts after, likewise.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentException">
    /// A side is empty, a report is <c>null</c> or has no start-up records or machine, the expected figure has no name, or the reports are of
    /// different applications.
    /// </exception>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, IReadOnlyList<StartupReport> before, IReadOnlyList<StartupReport> after, CancellationToken cancellationToken = default);

    /// <summary>Likewise, by one start a side, of which noise is not known.</summary>
    /// <param name="recommendation">One that the start before carries.</param>
    /// <param name="before">The start before.</param>
    /// <param name="after">The start after.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentException">
    /// A report has no start-up records or machine, the expected figure has no name, or the reports are of different applications.
    /// </exception>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    Task<RecommendationFollowUp> VerifyAsync(
        Recommendation recommendation, StartupReport before, StartupReport after, CancellationToken cancellationToken = default);
}

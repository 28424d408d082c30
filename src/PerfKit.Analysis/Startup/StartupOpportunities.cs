using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// What would make a start shorter, whether it is slow or not: services to defer, to start together, to trim. Immutable.
/// </summary>
/// <remarks>
/// Every proposal is predicted by <see cref="StartupWhatIf"/> and saves at least 2 % of start-up time and at least 5 ms: less
/// is not worth a change and drowns in the noise of starts. To make a service shorter is proposed for three services at most,
/// and where it could save 5 %. Essential services are never proposed for deferral. At most ten
/// proposals are made.
/// </remarks>
public sealed record StartupOpportunities
{
    /// <summary>
    /// The proposals: those with one predicted figure by falling saving, then those of which only the most that can be won
    /// is known. Each stands for itself: savings of several do not add up.
    /// </summary>
    public IReadOnlyList<Recommendation> Recommendations { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Start-up with every change made whose saving is one figure, from one replay of all of them; <c>null</c> when there is
    /// none.
    /// </summary>
    public StartupPrediction? Together { get; init; }

    internal const int MostProposals = 10;

    // Every service could be shorter. Only where much is to be won is that worth saying.
    private const int MostTrims = 3;
    private const double MinTrimShare = 0.05;

    /// <summary>Looks for them. Near-linear in the number of records.</summary>
    /// <param name="startup">The records.</param>
    /// <param name="processors">Cores that the process could use; those of this process when <c>null</c>. Above 0, up to 4,096.</param>
    /// <returns>What was found; empty for a start that nothing would shorten.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="processors"/> is outside its range.</exception>
    public static StartupOpportunities Of(StartupSnapshot startup, double? processors = null)
    {
        ArgumentNullException.ThrowIfNull(startup);
        if (startup.Records.Count == 0)
            return new StartupOpportunities();
        var view = new StartupView(startup, processors);
        List<Recommendation> deferrals = DeferralAdvice.All(view);
        var isMoved = deferrals.Select(advice => advice.Service).ToHashSet(StringComparer.Ordinal);
        Recommendation? together = ParallelAdvice.Of(view, deferrals);
        IEnumerable<Recommendation> trims = view.ByPathTime.Where(service => !isMoved.Contains(service.Name) && service.Name != ServiceContext.OwnName)
            .Take(MostTrims).Select(service => TrimAdvice.Of(view, service))
            .Where(advice => advice.Saving!.AtMost >= Math.Max(view.MinSaving.TotalSeconds, MinTrimShare * startup.Total.TotalSeconds));
        Recommendation[] ranked = Ranked([.. deferrals, .. together is null ? (Recommendation[])[] : [together], .. trims]).Take(MostProposals).ToArray();
        StartupChange[] changes = ranked.Where(IsOneFigure).SelectMany(advice => advice.Changes).ToArray();
        return new StartupOpportunities
        {
            Recommendations = ranked,
            Together = changes.Length > 0 ? view.WhatIf.Predict(changes) : null,
        };
    }

    /// <summary>What is sure to be won first, and more before less.</summary>
    internal static IEnumerable<Recommendation> Ranked(IEnumerable<Recommendation> advice) => advice
        .OrderByDescending(item => item.Saving?.AtLeast ?? -1)
        .ThenByDescending(item => item.Saving?.AtMost ?? -1)
        .ThenBy(item => item.Service, StringComparer.Ordinal);

    private static bool IsOneFigure(Recommendation advice) => advice.Saving is { } saving && saving.AtLeast == saving.AtMost;
}

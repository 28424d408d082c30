namespace PerfKit.Benchmarking;

/// <summary>Between which runs a regression began: after the last good one, and not later than the first bad one. Immutable.</summary>
/// <param name="LastGood">The newest run that is surely from before (95 %, for metrics judged by statistics).</param>
/// <param name="FirstBad">The oldest run that is surely from after.</param>
/// <param name="Likeliest">The likeliest first run of the change, from after <paramref name="LastGood"/> to <paramref name="FirstBad"/>.</param>
public sealed record CommitRange(RunReference LastGood, RunReference FirstBad, RunReference Likeliest);

/// <summary>A stored run. Immutable.</summary>
/// <param name="RunId">The run's identifier.</param>
/// <param name="FinishedAt">When it finished.</param>
/// <param name="Commit">The source revision; <see langword="null"/> when it is not known.</param>
public sealed record RunReference(Guid RunId, DateTimeOffset FinishedAt, string? Commit);

namespace PerfKit.Instrumentation;

/// <summary>What start-up would have taken under a set of changes. Immutable.</summary>
public sealed record StartupPrediction
{
    /// <summary>Predicted start-up time.</summary>
    public TimeSpan Total { get; init; }

    /// <summary>How much shorter that is than what was measured; negative when the changes cost more than they win.</summary>
    public TimeSpan Saving { get; init; }

    /// <summary>
    /// The CPU cores that work started together had to share; <c>null</c> when no change started anything together, so that
    /// work took the time that was measured.
    /// </summary>
    public double? Cores { get; init; }

    /// <summary>
    /// The part of the replayed work, 0 to 1, of which it was measured how much was CPU time. The rest was taken to be CPU
    /// time wherever enough cores were free for it, the cautious reading: it then overlaps less.
    /// </summary>
    public double MeasuredShare { get; init; }

    /// <summary>Services that were to be deferred but are started all the same, because others need them before ready, in order of first beginning.</summary>
    public IReadOnlyList<string> NeededBeforeReady { get; init => field = value ?? []; } = [];
}

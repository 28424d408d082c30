using PerfKit.Analysis;

namespace PerfKit;

/// <summary>Who made whom wait while it was watched. Immutable.</summary>
public sealed record WaitTable
{
    /// <summary>How long it was watched.</summary>
    public required TimeSpan Watched { get; init; }

    /// <summary>Victims and culprits, by falling <see cref="WaitBlame.Total"/>; up to 4,096 pairs, further ones are <c>(other)</c>.</summary>
    public IReadOnlyList<WaitBlame> Blames { get; init => field = value ?? []; } = [];

    /// <summary>Lock waits that were heard of; <c>null</c> where the runtime tells of none, because event support is switched off.</summary>
    public long? LockWaitsHeard { get; init; }

    /// <summary>
    /// Times that a thread found a lock taken, as the runtime counts them. More than <see cref="LockWaitsHeard"/> where there were too many to
    /// hear them all (over 5,000 a second), or where waits went on at the ends of the watch.
    /// </summary>
    public long LockContentions { get; init; }

    internal IReadOnlyList<LockBlame> LockBlames =>
        [.. Blames.Where(blame => blame.Kind == WaitKind.Lock).Select(blame => new LockBlame(blame.Victim, blame.Culprit, blame.Total))];
}

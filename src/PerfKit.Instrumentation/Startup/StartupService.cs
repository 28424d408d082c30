namespace PerfKit.Instrumentation;

/// <summary>All start-up records of one name taken together. Immutable.</summary>
public sealed record StartupService
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>The type its first record was begun with.</summary>
    public ServiceType Type { get; init; }

    /// <summary>Position among the services in order of first beginning, from 0.</summary>
    public int Order { get; init; }

    /// <summary>How many scopes had this name.</summary>
    public int Count { get; init; }

    /// <summary>When its first scope began, from <see cref="StartupSnapshot.Origin"/>.</summary>
    public TimeSpan StartedAt { get; init; }

    /// <summary>Its first scope began after the application was ready, so it is no part of start-up.</summary>
    public bool IsAfterReady { get; init; }

    /// <summary>
    /// Time in which at least one of its scopes was open, up to ready for a service that began before. Scopes that overlap
    /// count once.
    /// </summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The part of <see cref="Duration"/> in which no scope of another name nested in it was open.</summary>
    public TimeSpan SelfDuration { get; init; }

    /// <summary>
    /// What its scopes were made of without those of other names nested in them: parts and figures are sums, and wall time
    /// in which several of its scopes were open counts once. What they did after ready is in here too, so its
    /// <see cref="StartupComposition.Wall"/> may exceed <see cref="SelfDuration"/>. <c>null</c> in a report from before it
    /// was measured.
    /// </summary>
    public StartupComposition? Self { get; init; }

    /// <summary><see cref="StartupOutcome.Failed"/> if any scope failed, else unfinished if any is, else succeeded.</summary>
    public StartupOutcome Outcome { get; init; }

    /// <summary>Names of what it needed, without repetition, in order of first mention.</summary>
    public IReadOnlyList<string> Dependencies { get; init => field = value ?? []; } = [];

    /// <summary>Names of the services its scopes were nested in, without repetition.</summary>
    public IReadOnlyList<string> Parents { get; init => field = value ?? []; } = [];
}

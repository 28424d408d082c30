namespace PerfKit.Instrumentation;

/// <summary>One start-up scope as it was when the snapshot was taken. Immutable.</summary>
public sealed record StartupRecord
{
    /// <summary>Position in order of beginning, from 0; unique in the tracker.</summary>
    public required int Id { get; init; }

    /// <summary>The enclosing scope's <see cref="Id"/>; <c>null</c> for an outermost scope.</summary>
    public int? ParentId { get; init; }

    /// <summary>
    /// The <see cref="Id"/> of the scope that had ended last in the same flow and the same parent when this one began, so
    /// that this one is known to come after it; <c>null</c> for the first of a flow.
    /// </summary>
    public int? PreviousId { get; init; }

    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Which part of the service's start it was, such as <c>StartAsync</c> or <c>construction</c>; <c>null</c> when the scope did not say.
    /// </summary>
    public string? Phase { get; init; }

    /// <summary>How much the application needs the service.</summary>
    public ServiceType Type { get; init; }

    /// <summary>When the scope began, from <see cref="StartupSnapshot.Origin"/>.</summary>
    public TimeSpan StartedAt { get; init; }

    /// <summary>From beginning to end; of an unfinished scope, from beginning to the snapshot.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The part of <see cref="Duration"/> in which no scope nested directly in this one was open.</summary>
    public TimeSpan SelfDuration { get; init; }

    /// <summary>
    /// What <see cref="SelfDuration"/> was made of: the scope without those nested in it, whichever threads worked for it.
    /// <c>null</c> in a report from before it was measured.
    /// </summary>
    public StartupComposition? Self { get; init; }

    /// <summary>
    /// What <see cref="Duration"/> was made of, nested scopes included. What a nested scope did after this one had ended is
    /// in its parts, and so in <see cref="StartupComposition.Overlapping"/>. <c>null</c> where <see cref="Self"/> is.
    /// </summary>
    public StartupComposition? Inclusive { get; init; }

    /// <summary>
    /// Assemblies loaded in the scope itself, in order of loading: the first 256;
    /// <see cref="StartupComposition.AssembliesLoaded"/> counts all.
    /// </summary>
    public IReadOnlyList<AssemblyLoad> AssemblyLoads { get; init => field = value ?? []; } = [];

    /// <summary>How the scope ended.</summary>
    public StartupOutcome Outcome { get; init; }

    /// <summary>Type and message of the exception a failed scope was marked with; otherwise <c>null</c>.</summary>
    public string? Error { get; init; }

    /// <summary>What the service needed, in order of first mention.</summary>
    public IReadOnlyList<StartupDependency> Dependencies { get; init => field = value ?? []; } = [];

    /// <summary>Managed id of the thread the scope began on.</summary>
    public int BeganOnThread { get; init; }

    /// <summary>Managed id of the thread the scope ended on; <c>null</c> while it is unfinished.</summary>
    public int? EndedOnThread { get; init; }

    /// <summary>Began after <see cref="StartupTracker.MarkReady"/>, so it is no part of the start-up time.</summary>
    public bool IsAfterReady { get; init; }
}

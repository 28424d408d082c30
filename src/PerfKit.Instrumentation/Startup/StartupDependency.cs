namespace PerfKit.Instrumentation;

/// <summary>Something a service needed before it was ready. Immutable.</summary>
public sealed record StartupDependency
{
    /// <summary>The dependency's name; it may be the name of another service.</summary>
    public required string Name { get; init; }

    /// <summary>When its timed block began, from <see cref="StartupSnapshot.Origin"/>; <c>null</c> when it was only named.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>How long its timed block took; <c>null</c> when it was only named.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How its timed block ended; <c>null</c> when it was only named.</summary>
    public StartupOutcome? Outcome { get; init; }
}

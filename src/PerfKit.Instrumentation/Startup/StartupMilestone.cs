namespace PerfKit.Instrumentation;

/// <summary>An instant of start-up that is worth a name, such as "host built". Immutable.</summary>
public sealed record StartupMilestone
{
    /// <summary>What was reached.</summary>
    public required string Name { get; init; }

    /// <summary>When, from <see cref="StartupSnapshot.Origin"/>; negative when it was reached before the first scope began.</summary>
    public TimeSpan At { get; init; }
}

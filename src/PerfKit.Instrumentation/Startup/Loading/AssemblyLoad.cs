namespace PerfKit.Instrumentation;

/// <summary>An assembly that was loaded inside a start-up scope. Immutable.</summary>
public sealed record AssemblyLoad
{
    /// <summary>Its simple name.</summary>
    public required string Name { get; init; }

    /// <summary>How long finding and loading it took, without assemblies loaded meanwhile; <c>null</c> when it was not measured.</summary>
    public TimeSpan? Duration { get; init; }
}

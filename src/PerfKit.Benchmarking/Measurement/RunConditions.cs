using PerfKit.Sampling;

namespace PerfKit.Benchmarking;

/// <summary>Under which conditions results came about. Immutable.</summary>
public sealed record RunConditions
{
    /// <summary>Gets the name of the measured application, from 1 to 256 characters.</summary>
    public required string Application { get; init; }

    /// <summary>Gets machine and runtime; those of this process unless given.</summary>
    public MachineFacts Machine { get; init; } = MachineFacts.Current;

    /// <summary>Gets commit and branch; <see langword="null"/> when they are not known.</summary>
    public SourceRevision? Revision { get; init; }

    /// <summary>The conditions of this process, with what the environment and the Git repository around it tell of its source.</summary>
    /// <param name="application">The application's name, from 1 to 256 characters.</param>
    /// <returns>The conditions.</returns>
    public static RunConditions Detect(string application) => new() { Application = application, Revision = SourceRevision.Detect() };
}

using System.Text.Json.Serialization;

namespace PerfKit.Analysis;

/// <summary>
/// How the process, or one of its services, does. Each score is as good as its worst figure, so that one bad figure is not
/// hidden by many good ones; the formula and the figures are in docs/scores.md. Immutable.
/// </summary>
public sealed record ScoreCard
{
    /// <summary>The application's name, or the service's.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its work has to wait: for threads, locks, CPUs, collections; whether it is slow. <c>null</c> where nothing tells.</summary>
    public Score? PerformanceScore { get; init; }

    /// <summary>Whether its work succeeds, and goes on: failures, exceptions, memory. <c>null</c> where nothing tells.</summary>
    public Score? ReliabilityScore { get; init; }

    /// <summary>How little it takes of what there is: CPU, I/O, threads. <c>null</c> where nothing tells.</summary>
    public Score? EfficiencyScore { get; init; }

    /// <summary>The lowest of the three; <c>null</c> where there is none.</summary>
    [JsonIgnore]
    public Score? Lowest => Score.Lowest([PerformanceScore, ReliabilityScore, EfficiencyScore]);
}

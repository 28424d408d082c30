namespace PerfKit.Storage;

/// <summary>What a report of BenchmarkDotNet does not tell about itself.</summary>
public sealed record BenchmarkDotNetOrigin
{
    /// <summary>Gets the name under which its runs are kept, from 1 to 256 characters.</summary>
    public required string Application { get; init; }

    /// <summary>Gets the source revision that was measured; <see langword="null"/> when it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the branch of <see cref="Commit"/>; <see langword="null"/> when it is not known.</summary>
    public string? Branch { get; init; }

    /// <summary>
    /// Gets what is equal for machines whose figures may be compared; <see langword="null"/>, the default, makes it of the report's
    /// processor, number of logical cores and architecture.
    /// </summary>
    public string? MachineFingerprint { get; init; }

    /// <summary>Gets the zone of the instant in the report's title, which names none; <see langword="null"/> means this machine's.</summary>
    public TimeZoneInfo? TimeZone { get; init; }
}

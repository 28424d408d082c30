using System.Runtime.InteropServices;

namespace PerfKit;

/// <summary>What a report must say of the machine for its figures to be comparable. Immutable.</summary>
public sealed record MachineFacts
{
    /// <summary>Operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor architecture, such as <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Processors that the process may use.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>One text for all of it: runs with equal fingerprints may be compared.</summary>
    public string Fingerprint => $"{OperatingSystem}; {Architecture}; {ProcessorCount} processors; {Runtime}";

    internal static MachineFacts Current { get; } = new()
    {
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        ProcessorCount = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
    };
}

using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>What must be said of the machine and the runtime for figures to be comparable. Immutable.</summary>
public sealed record MachineFacts
{
    /// <summary>Operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor architecture, such as <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The processor's model name; <c>null</c> where it cannot be read.</summary>
    public string? Processor { get; init; }

    /// <summary>Processors that the process may use.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>This machine and this process's runtime.</summary>
    public static MachineFacts Current { get; } = new()
    {
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        Processor = ReadProcessor("/proc/cpuinfo"),
        ProcessorCount = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    /// <summary>One text for all of it, at most 256 characters: runs with equal fingerprints may be compared.</summary>
    public string Fingerprint
    {
        get
        {
            string text = Processor is null
                ? $"{OperatingSystem}; {Architecture}; {ProcessorCount} processors; {Runtime}"
                : $"{OperatingSystem}; {Architecture}; {ProcessorCount} × {Processor}; {Runtime}";
            return text.Length <= 256 ? text : text[..256];
        }
    }

    /// <summary>The first <c>model name</c> of a file in the format of Linux's <c>/proc/cpuinfo</c>.</summary>
    internal static string? ReadProcessor(string path)
    {
        try
        {
            // The name stands in the first processor's paragraph; a machine may have hundreds of them.
            string? line = File.ReadLines(path).Take(64).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            string? name = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            return string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, 96)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

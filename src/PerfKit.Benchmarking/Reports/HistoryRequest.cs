namespace PerfKit.Benchmarking;

/// <summary>Which history to report. Immutable.</summary>
public sealed record HistoryRequest
{
    /// <summary>Gets the application's exact name.</summary>
    public required string Application { get; init; }

    /// <summary>Gets how far back to look; default 30 days, above 0, at most 10 years.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the branch's exact name; <see langword="null"/> for all branches.</summary>
    public string? Branch { get; init; }

    /// <summary>Gets the machine's exact fingerprint; <see langword="null"/> for that of the newest run.</summary>
    public string? MachineFingerprint { get; init; }

    /// <summary>Gets when a figure is a regression.</summary>
    public RegressionOptions Regressions { get; init; } = new();
}

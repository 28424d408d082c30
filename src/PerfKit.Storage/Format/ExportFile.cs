namespace PerfKit.Storage;

/// <summary>The portable file: which format it is, so that any reader can tell; its version; the runs, newest first.</summary>
internal sealed record ExportFile(string Format, int Version, IReadOnlyList<AuditRun> Runs)
{
    public const string FormatName = "PerfKit.AuditRuns";

    /// <summary>Raised when an older reader would misread a newer file. New optional fields do not raise it: readers ignore them.</summary>
    public const int CurrentVersion = 1;
}

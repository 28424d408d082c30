namespace PerfKit.Storage;

/// <summary>The portable file: which format it is, so that any reader can tell; its version; after these the runs, newest first.</summary>
internal static class ExportFile
{
    public const string FormatName = "PerfKit.AuditRuns";

    /// <summary>Raised when an older reader would misread a newer file. New optional fields do not raise it: readers ignore them.</summary>
    public const int CurrentVersion = 1;
}

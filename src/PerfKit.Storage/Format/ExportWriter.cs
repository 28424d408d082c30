using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Writes an exported file beside its target and moves it there, so that the target is never seen half written.</summary>
internal static class ExportWriter
{
    /// <summary>Indented: people read and compare exported files.</summary>
    private static readonly StoreJson Indented = new(new JsonSerializerOptions(StoreJson.Default.Options) { WriteIndented = true });

    public static async Task WriteAsync(string target, IReadOnlyList<AuditRun> runs, CancellationToken ct)
    {
        if (Path.GetDirectoryName(target) is { } folder)
            Directory.CreateDirectory(folder);

        var content = new ExportFile(ExportFile.FormatName, ExportFile.CurrentVersion, runs);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await JsonSerializer.SerializeAsync(stream, content, Indented.ExportFile, ct).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);         // does nothing once it was moved
        }
    }
}

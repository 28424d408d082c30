using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Carries runs from one store to another, in one portable, versioned JSON file.</summary>
public static class RunExchange
{
    /// <summary>Indented: people read and compare exported files.</summary>
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes every run of a store into a file, newest first, replacing it if it exists.</summary>
    /// <param name="store">The store; only a portion of its runs is in memory, if its <see cref="IPerformanceStore.StreamAsync"/> can do so.</param>
    /// <param name="path">The file to write; it appears whole or not at all. Not a file that the store itself uses: PerfKit's stores refuse theirs; of a store of your own, see to it yourself.</param>
    /// <param name="ct">Cancels the export; an existing file then stays as it was.</param>
    /// <returns>How many runs the file holds.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, or a file that a store of PerfKit's itself uses.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<int> ExportAsync(IPerformanceStore store, string path, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        string target = OtherPath(store, path);
        if (Path.GetDirectoryName(target) is { } folder)
            Directory.CreateDirectory(folder);

        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";      // so that the target is never seen half written
        try
        {
            int count;
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                count = await WriteAsync(stream, store, ct).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(temporary);         // does nothing once it was moved
        }
    }

    /// <summary>Adds the runs of a file that <see cref="ExportAsync"/> wrote. Runs whose id is kept already are left as they are.</summary>
    /// <param name="store">The store. One of PerfKit's adds all or none; another may keep what came before the first mistake.</param>
    /// <param name="path">The file to read, run by run: it may be larger than memory if the store takes that. Its format and version stand first.</param>
    /// <param name="ct">Cancels the import.</param>
    /// <returns>How many runs were added.</returns>
    /// <exception cref="StoreFormatException">Something in the file is not allowed.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank or a file that a store of PerfKit's itself uses, or there is more in it than the store takes at once.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<int> ImportAsync(IPerformanceStore store, string path, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = new FileStream(OtherPath(store, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return await store.AppendManyAsync(RunReader.ReadFile(stream, ct), ct).ConfigureAwait(false);
    }

    private static string OtherPath(IPerformanceStore store, string path)
    {
        if (store is IFileStore own)
            return own.OtherPath(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Path.GetFullPath(path);
    }

    private static async Task<int> WriteAsync(FileStream stream, IPerformanceStore store, CancellationToken ct)
    {
        const int FlushAt = 1 << 20;
        int count = 0;
        using var writer = new Utf8JsonWriter(stream, Indented);
        writer.WriteStartObject();
        writer.WriteString("format", ExportFile.FormatName);
        writer.WriteNumber("version", ExportFile.CurrentVersion);
        writer.WriteStartArray("runs");
        await foreach (AuditRun run in store.StreamAsync(new RunQuery(), ct).ConfigureAwait(false))
        {
            ct.ThrowIfCancellationRequested();
            JsonSerializer.Serialize(writer, run, StoreJson.Default.AuditRun);
            count++;
            if (writer.BytesPending > FlushAt)
                await writer.FlushAsync(ct).ConfigureAwait(false);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(ct).ConfigureAwait(false);
        return count;
    }
}

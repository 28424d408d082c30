using System.Text;

namespace PerfKit.Storage;

/// <summary>The file itself: one JSON object a line. It holds no lock: <see cref="JsonLinesStore"/> does, around each call.</summary>
internal sealed class JsonLinesFile(string path)
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>A readable line, as run and as text: what is copied is the text, so fields of a newer version survive.</summary>
    internal readonly record struct Line(AuditRun Run, string Text);

    public async Task<(List<Line> Lines, int Skipped)> ReadAsync(CancellationToken ct)
    {
        var lines = new List<Line>();
        int skipped = 0;
        if (!File.Exists(path))
            return (lines, skipped);

        using var reader = new StreamReader(Open(FileMode.Open, FileAccess.Read), Encoding.UTF8);
        await foreach (string? text in BoundedLines.ReadAsync(reader, ct).ConfigureAwait(false))
        {
            if (text is not null && RunReader.TryReadLine(text) is { } run)
                lines.Add(new Line(run, text));
            else
                skipped++;
        }

        return (lines, skipped);
    }

    /// <summary>Appends whole lines with a single write and flushes them to the disk. Returns how many lines the file has now.</summary>
    public int Append(ReadOnlySpan<byte> lines)
    {
        using FileStream stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite);
        int count = CountLines(stream, out bool torn);

        // A crash may have torn the last line: end it, so that it takes only itself along.
        byte[] block = torn ? [LineEnd, .. lines] : lines.ToArray();
        stream.Write(block);
        stream.Flush(flushToDisk: true);
        return count + block.AsSpan().Count(LineEnd);
    }

    /// <summary>Replaces the content. A crash at any point leaves the old file or the new one.</summary>
    public void Replace(IEnumerable<string> lines)
    {
        string temporary = path + ".tmp";       // one name is enough under the lock, and a leftover is overwritten
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            foreach (string line in lines)
            {
                stream.Write(Encoding.UTF8.GetBytes(line));
                stream.WriteByte(LineEnd);
            }

            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Leaves the stream at its end.</summary>
    private static int CountLines(FileStream stream, out bool torn)
    {
        byte[] buffer = new byte[64 * 1024];
        byte last = LineEnd;
        int count = 0;
        for (int read; (read = stream.Read(buffer)) > 0; last = buffer[read - 1])
            count += buffer.AsSpan(0, read).Count(LineEnd);

        torn = last != LineEnd;
        return count;
    }

    private FileStream Open(FileMode mode, FileAccess access) =>
        new(path, mode, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: access == FileAccess.Read ? 4096 : 0);
}

using Microsoft.Extensions.Logging;

namespace PerfKit;

/// <summary>
/// Appends lines to a file that is set aside when it grows. Whatever goes wrong with the file (no folder, no permission,
/// a full disk) is logged once and counted; the caller never notices. Thread-safe.
/// </summary>
internal sealed class AuditLog(string path, long maxBytes, int keptFiles, ILogger logger)
{
    private const int MaxTries = 100;
    private const int MillisecondsBetweenTries = 2;

    private readonly Lock _lock = new();
    private long _failedInARow; // guarded by _lock

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Lines that were lost so far.</summary>
    public long LostLines { get; private set; }

    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            try
            {
                Write(line);
                if (_failedInARow > 0)
                    logger.AuditLogRecovered(Path, _failedInARow);
                _failedInARow = 0;
            }
            catch (Exception exception)
            {
                LostLines++;
                if (_failedInARow++ == 0)
                    logger.AuditLogFailed(exception, Path);
            }
        }
    }

    // The file is opened for each line: audits are rare, and so it may be moved, deleted or put back at any time.
    private void Write(ReadOnlySpan<byte> line)
    {
        if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (File.Exists(Path) && new FileInfo(Path).Length is var length && length > 0 && length + line.Length + 1 > maxBytes)
            SetAside();
        using FileStream file = OpenAlone();
        long end = file.CanSeek ? file.Length : 0;
        try
        {
            byte[] whole = new byte[line.Length + 2];
            int start = EndsInsideALine(file, end) ? 0 : 1;
            whole[0] = (byte)'\n';
            line.CopyTo(whole.AsSpan(1));
            whole[^1] = (byte)'\n';
            if (file.CanSeek)
                file.Seek(0, SeekOrigin.End);
            file.Write(whole, start, whole.Length - start);
            file.Flush(flushToDisk: false);
        }
        catch
        {
            // A disk that fills up in the middle of a line leaves no half a line behind.
            if (file.CanSeek)
                file.SetLength(end);
            throw;
        }
    }

    // Another process, or another host in this one, may write to the same file: one at a time, and nobody waits for long.
    private FileStream OpenAlone()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && tries < MaxTries)
            {
                SpinWait.SpinUntil(static () => false, MillisecondsBetweenTries);
            }
        }
    }

    // After a crash the last line may be torn; the next one must not continue it.
    private static bool EndsInsideALine(FileStream file, long end)
    {
        if (end == 0 || !file.CanSeek)
            return false;
        file.Seek(end - 1, SeekOrigin.Begin);
        return file.ReadByte() != '\n';
    }

    private void SetAside()
    {
        if (keptFiles == 0)
        {
            File.Delete(Path);
            return;
        }
        for (int number = keptFiles - 1; number >= 1; number--)
        {
            if (File.Exists($"{Path}.{number}"))
                File.Move($"{Path}.{number}", $"{Path}.{number + 1}", overwrite: true);
        }
        File.Move(Path, $"{Path}.1", overwrite: true);
    }
}

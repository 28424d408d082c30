namespace PerfKit.Sampling;

/// <summary>The files the Linux readers see: bytes in, and nothing else of the operating system. Never throws.</summary>
/// <remarks>Failures are error numbers, not exceptions: an exception here would count among the host's own.</remarks>
internal interface IFileSource
{
    /// <summary>Opens a file for reading; <see langword="null"/> with the system's error number if that fails.</summary>
    IOpenFile? Open(string path, out int error);

    /// <summary>Adds those entries of a folder whose names are whole numbers; <see langword="false"/> if it cannot be read.</summary>
    bool TryList(string path, List<int> numbers);

    /// <summary>What a symbolic link points to; empty if that cannot be read.</summary>
    ReadOnlySpan<byte> ReadLink(string path, Span<byte> buffer);
}

/// <summary>An open file. Used by one thread at a time.</summary>
internal interface IOpenFile : IDisposable
{
    /// <summary>Reads from an offset as pread(2) does; a file under /proc is made anew by a read from offset 0.</summary>
    /// <returns>The number of bytes read, 0 at the end, -1 on failure.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Looks at it as statx(2) does.</summary>
    bool TryStatus(out FileStatus status);
}

/// <summary>What can be told of a file without reading it.</summary>
/// <param name="Links">The number of its hard links.</param>
/// <param name="Size">Its size.</param>
internal readonly record struct FileStatus(long Links, long Size);

/// <summary>Reading a file once, from opening to closing.</summary>
internal static class FileSourceReading
{
    /// <summary>Far above any real file of those read whole, /proc/self/mountinfo being the longest.</summary>
    internal const int MaxWhole = 1 << 20;

    /// <summary>The beginning of a file, as far as one read fills the buffer; empty on failure.</summary>
    internal static ReadOnlySpan<byte> ReadStart(this IFileSource files, string path, byte[] buffer)
    {
        using IOpenFile? file = files.Open(path, out _);
        int read = file?.Read(buffer, 0) ?? -1;
        return read > 0 ? buffer.AsSpan(0, read) : default;
    }

    /// <summary>A whole file of up to <see cref="MaxWhole"/> bytes; empty on failure. Allocates.</summary>
    internal static ReadOnlySpan<byte> ReadWhole(this IFileSource files, string path)
    {
        using IOpenFile? file = files.Open(path, out _);
        if (file is null) return default;

        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        while (true)
        {
            int read = file.Read(buffer.AsSpan(length), length);
            if (read < 0) return default;
            if (read == 0) return buffer.AsSpan(0, length); // one read of /proc may give less than there is: only 0 is the end
            length += read;
            if (length < buffer.Length) continue;
            if (length == MaxWhole) return buffer;
            Array.Resize(ref buffer, length * 2);
        }
    }
}

using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace PerfKit.Instrumentation;

/// <summary>
/// The kernel's accounts of one thread: <c>/proc/self/task/TID/io</c> and <c>schedstat</c> (proc(5);
/// Documentation/scheduler/sched-stats.rst), kept open. Any thread may read them.
/// </summary>
internal sealed class ThreadFiles : IDisposable
{
    // Two descriptors a thread: a host with very many threads keeps its descriptors for itself.
    private const int MaxThreads = 128;
    private static int _open;

    private readonly SafeFileHandle? _io;
    private readonly SafeFileHandle? _schedule;

    private ThreadFiles(SafeFileHandle? io, SafeFileHandle? schedule)
    {
        _io = io;
        _schedule = schedule;
    }

    public static ThreadFiles? Open(int threadId)
    {
        if (threadId <= 0 || !OperatingSystem.IsLinux())
            return null;
        if (Interlocked.Increment(ref _open) > MaxThreads)
        {
            Interlocked.Decrement(ref _open);
            return null;
        }
        return new ThreadFiles(TryOpen($"/proc/self/task/{threadId}/io"), TryOpen($"/proc/self/task/{threadId}/schedstat"));
    }

    public bool TryReadIo(out ThreadIo io)
    {
        Span<byte> buffer = stackalloc byte[256];
        io = default;
        return TryRead(_io, buffer, out ReadOnlySpan<byte> text) && ThreadIo.TryParse(text, out io);
    }

    /// <summary>Nanoseconds the thread has waited for a CPU while it could have run.</summary>
    public bool TryReadQueued(out long nanoseconds)
    {
        Span<byte> buffer = stackalloc byte[64];
        nanoseconds = 0;
        return TryRead(_schedule, buffer, out ReadOnlySpan<byte> text) && TryParseQueued(text, out nanoseconds);
    }

    /// <summary>The second of the three numbers of a schedstat file.</summary>
    internal static bool TryParseQueued(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        int space = text.IndexOf((byte)' ');
        return space > 0 && Utf8Parser.TryParse(text[(space + 1)..], out nanoseconds, out _) && nanoseconds >= 0;
    }

    public void Dispose()
    {
        _io?.Dispose();
        _schedule?.Dispose();
        Interlocked.Decrement(ref _open);
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool TryRead(SafeFileHandle? file, Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (file is null)
            return false;
        try
        {
            text = buffer[..RandomAccess.Read(file, buffer, 0)];
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false; // the thread has ended
        }
    }
}

/// <summary>A thread's I/O through read and write calls: files, the page cache included, and pipes.</summary>
internal readonly record struct ThreadIo(long ReadBytes, long WrittenBytes, long Operations)
{
    /// <summary>Parses <c>rchar</c>, <c>wchar</c>, <c>syscr</c> and <c>syscw</c> of an io file, proc_pid_io(5).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ThreadIo io)
    {
        io = default;
        if (!TryField(text, "rchar:"u8, out long read) || !TryField(text, "wchar:"u8, out long written) ||
            !TryField(text, "syscr:"u8, out long reads) || !TryField(text, "syscw:"u8, out long writes))
            return false;
        io = new ThreadIo(read, written, reads + writes);
        return true;
    }

    private static bool TryField(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out long value)
    {
        value = 0;
        int at = text.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(text[(at + name.Length)..].TrimStart((byte)' '), out value, out _) && value >= 0;
    }
}

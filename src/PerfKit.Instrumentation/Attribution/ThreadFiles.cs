using System.Buffers.Text;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PerfKit.Instrumentation;

/// <summary>
/// The kernel's accounts of one thread: <c>/proc/self/task/TID/io</c> and <c>schedstat</c> (proc(5);
/// Documentation/scheduler/sched-stats.rst), kept open. Any thread may read them.
/// </summary>
internal sealed partial class ThreadFiles : IDisposable
{
    private const int MostThreads = 128;
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on every architecture that runs .NET
    private const int OpenFilesLimit = 7; // RLIMIT_NOFILE on Linux, getrlimit(2)

    // Two descriptors a thread, and a sixteenth of the host's at most: they are the host's.
    private static readonly int MaxThreads = (int)Math.Min(MostThreads, DescriptorLimit() / 32);
    private static int _open;

    private readonly SafeFileHandle? _io;
    private readonly SafeFileHandle? _schedule;
    private int _isDisposed;

    // What the thread itself has read here; the kernel counts it among the thread's I/O.
    private long _ownReads;
    private long _ownBytes;

    private ThreadFiles(SafeFileHandle? io, SafeFileHandle? schedule)
    {
        _io = io;
        _schedule = schedule;
    }

    /// <summary>No further thread gets files until one gives its own back.</summary>
    public static bool IsFull => MaxThreads > 0 && Volatile.Read(ref _open) >= MaxThreads;

    /// <summary>Reads of PerfKit by the thread.</summary>
    public long OwnReads => Volatile.Read(ref _ownReads);

    /// <summary>Bytes of those reads.</summary>
    public long OwnBytes => Volatile.Read(ref _ownBytes);

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

    /// <summary>The thread's I/O so far, without PerfKit's own reads.</summary>
    /// <param name="io">The I/O.</param>
    /// <param name="isOwner">The calling thread is the one read about, so that the read itself counts among its I/O.</param>
    public bool TryReadIo(out ThreadIo io, bool isOwner)
    {
        Span<byte> buffer = stackalloc byte[256];
        io = default;
        (long reads, long bytes) = (OwnReads, OwnBytes); // this read is not yet among what it reads
        if (!TryRead(_io, buffer, isOwner, out ReadOnlySpan<byte> text) || !ThreadIo.TryParse(text, out io))
            return false;
        io = new ThreadIo(io.ReadBytes - bytes, io.WrittenBytes, io.Operations - reads);
        return true;
    }

    /// <summary>Nanoseconds the thread has waited for a CPU while it could have run.</summary>
    public bool TryReadQueued(out long nanoseconds, bool isOwner)
    {
        Span<byte> buffer = stackalloc byte[64];
        nanoseconds = 0;
        return TryRead(_schedule, buffer, isOwner, out ReadOnlySpan<byte> text) && TryParseQueued(text, out nanoseconds);
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
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _io?.Dispose();
        _schedule?.Dispose();
        Interlocked.Decrement(ref _open);
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            int descriptor = NativeOpen(path, ReadOnlyCloseOnExec);
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private bool TryRead(SafeFileHandle? file, Span<byte> buffer, bool isOwner, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (file is null)
            return false;
        try
        {
            int read = RandomAccess.Read(file, buffer, 0);
            text = buffer[..read];
            if (isOwner)
            {
                Volatile.Write(ref _ownReads, _ownReads + 1);
                Volatile.Write(ref _ownBytes, _ownBytes + read);
            }
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false; // the thread has ended
        }
    }

    private static long DescriptorLimit()
    {
        try
        {
            return OperatingSystem.IsLinux() && GetResourceLimit(OpenFilesLimit, out ResourceLimit limit) == 0
                ? (long)Math.Min(limit.Current, 1 << 20) : 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    private struct ResourceLimit
    {
        public nuint Current;
        public nuint Maximum;
    }

    // open(2). Not File.OpenHandle: where a kernel or a sandbox has no such files, it would throw inside the host, at each new thread.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetResourceLimit(int resource, out ResourceLimit limit);
}

/// <summary>A thread's I/O through read and write calls: files, the page cache included, and pipes.</summary>
internal readonly record struct ThreadIo(long ReadBytes, long WrittenBytes, long Operations)
{
    /// <summary>Parses <c>rchar</c>, <c>wchar</c>, <c>syscr</c> and <c>syscw</c> of an io file, proc_pid_io(5).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ThreadIo io)
    {
        io = default;
        if (!TryField(text, "rchar:"u8, out long read) || !TryField(text, "wchar:"u8, out long written) ||
            !TryField(text, "syscr:"u8, out long reads) || !TryField(text, "syscw:"u8, out long writes) || writes > long.MaxValue - reads)
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

using System.Globalization;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PerfKit.Sampling;

/// <summary>The real files.</summary>
internal sealed partial class LinuxFiles : IFileSource
{
    private const int NotThere = 38; // ENOSYS

    public IOpenFile? Open(string path, out int error)
    {
        const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on every architecture that runs .NET
        try
        {
            int descriptor = NativeOpen(path, ReadOnlyCloseOnExec);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            return descriptor < 0 ? null : new OpenFile(new SafeFileHandle(descriptor, ownsHandle: true));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException) // a Linux with a C library we do not know
        {
            error = NotThere;
            return null;
        }
    }

    public bool TryList(string path, List<int> numbers)
    {
        // Opened first, because the enumerator throws where a folder that is gone or not ours is an everyday answer.
        using IOpenFile? folder = Open(path, out _);
        if (folder is null) return false;
        try
        {
            using var entries = new Numbers(path);
            while (entries.MoveNext()) numbers.Add(entries.Current);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public ReadOnlySpan<byte> ReadLink(string path, Span<byte> buffer)
    {
        try
        {
            int read = (int)NativeReadLink(path, buffer, (nuint)buffer.Length);
            return read > 0 ? buffer[..read] : default;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return default;
        }
    }

    // open(2). Not File.OpenHandle, which throws where a missing file is an everyday answer, as for a process that has just ended.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NativeReadLink(string path, Span<byte> buffer, nuint size);

    // pread(2); its offset is as long as a pointer where that has 64 bits, and depends on the C library elsewhere.
    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint NativeRead(SafeFileHandle file, Span<byte> buffer, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatus(SafeFileHandle folder, string path, int flags, uint mask, out StatusBuffer status);

    private sealed class OpenFile(SafeFileHandle handle) : IOpenFile
    {
        public int Read(Span<byte> buffer, long offset)
        {
            if (handle.IsClosed) return -1;
            if (nint.Size == sizeof(long)) return (int)NativeRead(handle, buffer, (nuint)buffer.Length, offset);
            try
            {
                return RandomAccess.Read(handle, buffer, offset);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
            {
                return -1; // ESRCH: the process behind the file has ended
            }
        }

        public bool TryStatus(out FileStatus status)
        {
            const int EmptyPath = 0x1000;      // AT_EMPTY_PATH: of the handle itself
            const uint LinksAndSize = 0x204;   // STATX_NLINK | STATX_SIZE
            status = default;
            try
            {
                if (handle.IsClosed || NativeStatus(handle, "", EmptyPath, LinksAndSize, out StatusBuffer buffer) != 0) return false;
                status = buffer.ToStatus();
                return true;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException) // glibc before 2.28
            {
                return false;
            }
        }

        public void Dispose() => handle.Dispose();
    }

    /// <summary>Names are parsed once, and no string is made of them.</summary>
    private sealed class Numbers(string path) : FileSystemEnumerator<int>(path, Everything)
    {
        private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true }; // to skip would be to look at each

        private int _number;

        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) =>
            int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _number);

        protected override int TransformEntry(ref FileSystemEntry entry) => _number;
    }

    /// <summary>struct statx, the same on every architecture: the links are the 32 bits at 16, the size the 64 bits at 40.</summary>
    [InlineArray(32)]
    private struct StatusBuffer
    {
        private ulong _first;

        public readonly FileStatus ToStatus()
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)this);
            return new FileStatus(MemoryMarshal.Read<uint>(bytes[16..]), (long)Math.Min(long.MaxValue, MemoryMarshal.Read<ulong>(bytes[40..])));
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PerfKit.Sampling;

/// <summary>The real files.</summary>
internal sealed partial class LinuxFiles : IFileSource
{
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
            error = 38; // ENOSYS
            return null;
        }
    }

    public IEnumerable<string> Folders(string path)
    {
        try
        {
            return Directory.GetDirectories(path).Select(static folder => Path.GetFileName(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // open(2). Not File.OpenHandle, which throws where a missing file is an everyday answer, as for a process that has just ended.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    private sealed class OpenFile(SafeFileHandle handle) : IOpenFile
    {
        public int Read(Span<byte> buffer, long offset)
        {
            try
            {
                return RandomAccess.Read(handle, buffer, offset);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
            {
                return -1; // ESRCH: the process behind the file has ended
            }
        }

        public void Dispose() => handle.Dispose();
    }
}

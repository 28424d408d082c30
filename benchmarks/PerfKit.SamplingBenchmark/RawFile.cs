using System.Runtime.InteropServices;

namespace PerfKit.SamplingBenchmark;

/// <summary>The limit: a file of the kernel's that is kept open, and read from its beginning by a bare system call.</summary>
internal sealed unsafe partial class RawFile : IDisposable
{
    private readonly int _descriptor;
    private readonly byte[] _buffer = GC.AllocateArray<byte>(4096, pinned: true);

    public RawFile(string path)
    {
        _descriptor = Open(path, 0);
        if (_descriptor < 0)
            throw new IOException($"{path} cannot be opened.");
    }

    public void Read()
    {
        fixed (byte* buffer = _buffer)
        {
            if (Read(_descriptor, buffer, (nuint)_buffer.Length, 0) <= 0)
                throw new IOException("The file cannot be read.");
        }
    }

    public void Dispose() => _ = Close(_descriptor);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint Read(int descriptor, byte* buffer, nuint size, nint offset);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

using Microsoft.Win32.SafeHandles;
using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A service reads or writes a file in tiny pieces. Fixed: through a buffer of 16 KiB.</summary>
internal sealed record ChattyFile(bool Writes, int PieceBytes, double CallsPerSecond) : Fault
{
    private const int FileBytes = 4 << 20, BufferBytes = 16 << 10;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _offset;
    private int _pending;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.IoBound];

    // A system call of a few bytes runs on the CPU: it is what that much of a core was spent on.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.CpuIntensive];

    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        string path = premises.MakeFile("records.bin", FileBytes);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        await Pace.KeepAsync(CallsPerSecond, pieces => Move(file, pieces), stop);
    }

    private void Move(SafeFileHandle file, int pieces)
    {
        for (int i = 0; i < pieces; i++)
        {
            _pending += PieceBytes;
            if (IsFixed && _pending < BufferBytes)
                continue;
            Span<byte> bytes = _buffer.AsSpan(0, IsFixed ? BufferBytes : PieceBytes);
            _offset = (_offset + bytes.Length) % (FileBytes - BufferBytes);
            _pending = 0;
            if (Writes)
                RandomAccess.Write(file, bytes, _offset);
            else
                RandomAccess.Read(file, bytes, _offset);
        }
    }
}

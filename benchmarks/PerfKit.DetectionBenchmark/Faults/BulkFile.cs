using Microsoft.Win32.SafeHandles;
using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A service moves far more file data than it needs. Fixed: it keeps what it read in memory, and asks the file once a second.</summary>
internal sealed record BulkFile(bool Writes, int FileMegabytes, double MegabytesPerSecond) : Fault
{
    private const int ChunkBytes = 256 << 10;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.IoBound];

    // A write waits for the disk when too many pages are dirty, and holds its thread meanwhile; copying from and to the kernel is CPU.
    public override IReadOnlyList<BottleneckType> Accompanying =>
        Writes ? [BottleneckType.BlockingOperation, BottleneckType.CpuIntensive] : [BottleneckType.CpuIntensive];

    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        int size = FileMegabytes << 20;
        string path = premises.MakeFile("data.bin", size);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var chunk = new byte[ChunkBytes];
        long offset = 0;
        double chunks = MegabytesPerSecond * 1e6 / ChunkBytes;
        await Pace.KeepAsync(
            IsFixed ? 1 : chunks,
            count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (Writes)
                        RandomAccess.Write(file, chunk, offset);
                    else
                        RandomAccess.Read(file, chunk, offset);
                    offset = (offset + ChunkBytes) % size;
                }
            },
            stop);
    }
}

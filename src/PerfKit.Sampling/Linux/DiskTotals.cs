namespace PerfKit.Sampling;

/// <summary>Adds up what the machine's disks moved. Guarded by the sampler's lock.</summary>
internal sealed class DiskTotals(IFileSource files, UnavailableFigures unavailable) : IDisposable
{
    private readonly KeptFile _file = new(
        files, "/proc/diskstats", "MachineDiskReadBytesPerSecond, MachineDiskWrittenBytesPerSecond, MachineDiskOperationsPerSecond", unavailable);
    private readonly Devices _devices = new(files, "/sys/block");
    private byte[] _buffer = new byte[4096];

    /// <summary><see langword="null"/> when the file cannot be read, and where there is no disk, as in some virtual machines.</summary>
    internal DiskCounters? Read()
    {
        ReadOnlySpan<byte> text = _file.ReadWhole(ref _buffer);
        DiskCounters? sum = null;
        while (DiskStats.TryNext(ref text, out DiskStats disk))
        {
            if (_devices.IsHardware(disk.Name)) sum = (sum ?? default).Plus(disk.Counters);
        }

        if (sum is null) _file.Refuse("names no disk");
        return sum;
    }

    public void Dispose() => _file.Dispose();
}

namespace PerfKit.Sampling;

/// <summary>Reads the figures that Linux tells in files: four short reads a sample, one more now and then.</summary>
internal sealed class LinuxReader : IResourceReader
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly KeptFile _stat;
    private readonly KeptFile _io;
    private readonly KeptFile _machineStat;
    private readonly KeptFile _memInfo;
    private readonly CgroupQuota _quota;
    private readonly long _pageSize = Environment.SystemPageSize;
    private bool _disposed;

    internal LinuxReader(IFileSource files, UnavailableFigures unavailable)
    {
        KeptFile Keep(string path, string figures) => new(files, path, figures, unavailable);
        _stat = Keep("/proc/self/stat", "WorkingSetBytes, ThreadCount");
        _io = Keep("/proc/self/io", "IoReadBytes, IoWrittenBytes, IoOperations, StorageReadBytes, StorageWrittenBytes");
        _machineStat = Keep("/proc/stat", "MachineCpuPercent");
        _memInfo = Keep("/proc/meminfo", "MachineAvailableMemoryBytes, MachineMemoryPercent, MachineSwapUsedBytes");
        _quota = new CgroupQuota(files, unavailable);
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        if (!ProcPidStat.TryParse(_stat.Read(_buffer), out ProcPidStat stat) || stat.ResidentPages > long.MaxValue / _pageSize)
        {
            _stat.Refuse();
        }
        else
        {
            reading.WorkingSetBytes = stat.ResidentPages * _pageSize;
            reading.ThreadCount = stat.Threads == 0 ? null : stat.Threads;
        }

        if (!ProcPidIo.TryParse(_io.Read(_buffer), out ProcPidIo io))
        {
            _io.Refuse();
        }
        else
        {
            reading.IoReadBytes = io.ReadBytes;
            reading.IoWrittenBytes = io.WrittenBytes;
            reading.IoOperations = io.Reads + io.Writes;
            reading.StorageReadBytes = io.StorageReadBytes;
            reading.StorageWrittenBytes = io.StorageWrittenBytes;
        }

        // Of these two only what comes first matters; a short buffer spares the kernel some copying.
        if (ProcStat.TryParse(_machineStat.Read(_buffer.AsSpan(0, 256)), out MachineCpuTicks ticks)) reading.MachineCpu = ticks;
        else _machineStat.Refuse();

        ReadOnlySpan<byte> memInfo = _memInfo.Read(_buffer.AsSpan(0, 1024));
        if (MemInfo.TryParse(memInfo, out long available)) reading.MachineAvailableMemoryBytes = available;
        else _memInfo.Refuse();
        if (MemInfo.TryParseUsed(memInfo, out double used)) reading.MachineMemoryPercent = used;
        if (MemInfo.TryParseSwap(memInfo, out long swapped)) reading.MachineSwapUsedBytes = swapped;

        reading.QuotaCores = _quota.Cores();
    }

    public void Dispose()
    {
        _disposed = true;
        _stat.Dispose();
        _io.Dispose();
        _machineStat.Dispose();
        _memInfo.Dispose();
        _quota.Dispose();
    }
}

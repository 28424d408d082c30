namespace PerfKit.Sampling;

/// <summary>Reads what the machine does: processors, memory, load, pressure stalls, disks, networks.</summary>
internal sealed class LinuxMachineReader : IResourceReader
{
    private readonly byte[] _buffer = new byte[1024];
    private readonly KeptFile _memInfo;
    private readonly KeptFile _load;
    private readonly KeptFile _cpu;
    private readonly KeptFile _memory;
    private readonly KeptFile _io;
    private readonly ProcessorReader _processors;
    private readonly DiskTotals _disks;
    private readonly NetworkTotals _networks;
    private bool _disposed;

    internal LinuxMachineReader(IFileSource files, UnavailableFigures unavailable)
    {
        KeptFile Keep(string path, string figures) => new(files, path, figures, unavailable);
        _memInfo = Keep("/proc/meminfo", "MachineAvailableMemoryBytes, MachineMemoryPercent, MachineSwapUsedBytes");
        _load = Keep("/proc/loadavg", "MachineLoad");
        _cpu = Keep("/proc/pressure/cpu", "CpuPressurePercent");
        _memory = Keep("/proc/pressure/memory", "MemoryPressurePercent, MemoryStallPercent");
        _io = Keep("/proc/pressure/io", "IoPressurePercent, IoStallPercent");
        _processors = new ProcessorReader(files, unavailable);
        _disks = new DiskTotals(files, unavailable);
        _networks = new NetworkTotals(files, unavailable);
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        _processors.Read(ref reading);
        ReadMemory(ref reading);

        if (LoadAverage.TryParse(_load.Read(_buffer), out double load)) reading.MachineLoad = load;
        else _load.Refuse();

        reading.CpuPressure = Pressure(_cpu);
        reading.MemoryPressure = Pressure(_memory);
        reading.IoPressure = Pressure(_io);
        reading.MachineDisks = _disks.Read();
        reading.MachineNetworks = _networks.Read();
    }

    public void Dispose()
    {
        _disposed = true;
        _memInfo.Dispose();
        _load.Dispose();
        _cpu.Dispose();
        _memory.Dispose();
        _io.Dispose();
        _processors.Dispose();
        _disks.Dispose();
        _networks.Dispose();
    }

    // What matters comes first; a short buffer spares the kernel some copying.
    private void ReadMemory(ref ResourceReading reading)
    {
        ReadOnlySpan<byte> memInfo = _memInfo.Read(_buffer);
        if (MemInfo.TryParse(memInfo, out long available)) reading.MachineAvailableMemoryBytes = available;
        else _memInfo.Refuse();
        if (MemInfo.TryParseUsed(memInfo, out double used)) reading.MachineMemoryPercent = used;
        if (MemInfo.TryParseSwap(memInfo, out long swapped)) reading.MachineSwapUsedBytes = swapped;
    }

    private PressureStall? Pressure(KeptFile file)
    {
        if (PressureStall.TryParse(file.Read(_buffer), out PressureStall pressure)) return pressure;
        file.Refuse();
        return null;
    }
}

namespace PerfKit.Sampling;

/// <summary>Reads how hard the machine and the control group are pressed: load, pressure stalls, throttling, context switches.</summary>
internal sealed class LinuxMachineReader : IResourceReader
{
    private readonly byte[] _buffer = new byte[1024];
    private readonly KeptFile _load;
    private readonly KeptFile _cpu;
    private readonly KeptFile _memory;
    private readonly KeptFile _io;
    private readonly KeptFile? _throttling;
    private readonly UnavailableFigures _unavailable;
    private bool _disposed;

    internal LinuxMachineReader(IFileSource files, UnavailableFigures unavailable)
    {
        _unavailable = unavailable;
        KeptFile Keep(string path, string figures) => new(files, path, figures, unavailable);
        _load = Keep("/proc/loadavg", "MachineLoad");
        _cpu = Keep("/proc/pressure/cpu", "CpuPressurePercent");
        _memory = Keep("/proc/pressure/memory", "MemoryPressurePercent, MemoryStallPercent");
        _io = Keep("/proc/pressure/io", "IoPressurePercent, IoStallPercent");
        _throttling = FindThrottling(files) is { } path ? Keep(path, "CpuThrottledPercent, CpuThrottled") : null;
        if (_throttling is null) unavailable.Note("CpuThrottledPercent, CpuThrottled", "No control group of this process has a cpu.stat file.");
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        if (LoadAverage.TryParse(_load.Read(_buffer), out double load)) reading.MachineLoad = load;
        else _load.Refuse();

        reading.CpuPressure = Pressure(_cpu);
        reading.MemoryPressure = Pressure(_memory);
        reading.IoPressure = Pressure(_io);

        if (_throttling is not null)
        {
            if (CgroupThrottling.TryParse(_throttling.Read(_buffer), out CgroupThrottling throttling)) reading.Throttling = throttling;
            else _throttling.Refuse();
        }

        if (ResourceUsage.TryRead(out ResourceUsage usage)) reading.ContextSwitches = usage;
        else _unavailable.Note("VoluntaryContextSwitchesPerSecond, InvoluntaryContextSwitchesPerSecond", "getrusage failed.");
    }

    public void Dispose()
    {
        _disposed = true;
        _load.Dispose();
        _cpu.Dispose();
        _memory.Dispose();
        _io.Dispose();
        _throttling?.Dispose();
    }

    private PressureStall? Pressure(KeptFile file)
    {
        if (PressureStall.TryParse(file.Read(_buffer), out PressureStall pressure)) return pressure;
        file.Refuse();
        return null;
    }

    /// <summary>The cpu.stat of the nearest group that counts quota periods; that of a group without a quota of its own counts none.</summary>
    private static string? FindThrottling(IFileSource files)
    {
        ReadOnlySpan<byte> cgroup = files.ReadWhole("/proc/self/cgroup");
        ReadOnlySpan<byte> mountInfo = files.ReadWhole("/proc/self/mountinfo");
        byte[] buffer = new byte[1024];
        string? first = null;
        foreach (int version in (ReadOnlySpan<int>)[2, 1])
        {
            if (!CgroupLocation.TryFindPath(cgroup, version, out string path)) continue;
            foreach (string folder in CgroupLocation.Folders(mountInfo, version, path))
            {
                string file = folder + "/cpu.stat";
                if (!CgroupThrottling.TryParse(files.ReadStart(file, buffer), out CgroupThrottling throttling)) continue;
                if (throttling.Periods > 0) return file;
                first ??= file;
            }
        }

        return first;
    }
}

namespace PerfKit.Sampling;

/// <summary>Reads what limits the process's control groups, and what they use: CPU quota, throttling, CPU time, memory, open files.</summary>
/// <remarks>The groups are looked up once: a process moved to another group later keeps the files of its first.</remarks>
internal sealed class LinuxGroupReader : IResourceReader
{
    private readonly byte[] _buffer = new byte[1024];
    private readonly CgroupQuota _quota;
    private readonly CgroupMemory _memory;
    private readonly KeptFile? _throttling;
    private readonly KeptFile? _cpu;
    private readonly KeptFile _limits;
    private long? _openFileLimit;
    private int _untilLimits;
    private bool _disposed;

    internal LinuxGroupReader(IFileSource files, UnavailableFigures unavailable)
    {
        const string Throttling = "CpuThrottledPercent, CpuThrottled";
        const string Cpu = "ControlGroupCpuCores";
        byte[] cgroup = files.ReadWhole("/proc/self/cgroup").ToArray();
        byte[] mountInfo = files.ReadWhole("/proc/self/mountinfo").ToArray();
        _quota = new CgroupQuota(files, unavailable);
        _memory = new CgroupMemory(files, cgroup, mountInfo, unavailable);
        _throttling = Throttled(files, cgroup, mountInfo) is { } stat ? new KeptFile(files, stat, Throttling, unavailable) : null;
        if (_throttling is null) unavailable.Note(Throttling, "No control group of this process has a cpu.stat file.");
        _cpu = Used(files, cgroup, mountInfo) is { } used ? new KeptFile(files, used, Cpu, unavailable) : null;
        if (_cpu is null) unavailable.Note(Cpu, "No control group of this process counts CPU time.");
        _limits = new KeptFile(files, "/proc/self/limits", "OpenFileLimit", unavailable);
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        reading.QuotaCores = _quota.Cores();
        if (_throttling is not null)
        {
            if (CgroupThrottling.TryParse(_throttling.Read(_buffer), out CgroupThrottling throttling)) reading.Throttling = throttling;
            else _throttling.Refuse();
        }

        if (_cpu is not null)
        {
            if (CgroupCpu.TryParseUsed(_cpu.Read(_buffer), out TimeSpan used)) reading.ControlGroupCpu = used;
            else _cpu.Refuse();
        }

        (reading.ControlGroupMemoryBytes, reading.ControlGroupMemoryLimitBytes) = _memory.Read();
        reading.OpenFileLimit = OpenFileLimit();
    }

    public void Dispose()
    {
        _disposed = true;
        _quota.Dispose();
        _memory.Dispose();
        _throttling?.Dispose();
        _cpu?.Dispose();
        _limits.Dispose();
    }

    private long? OpenFileLimit()
    {
        if (_untilLimits-- > 0) return _openFileLimit;
        _untilLimits = CgroupQuota.SamplesBetweenReads - 1;
        bool isRead = ProcPidLimits.TryParseOpenFiles(_limits.Read(stackalloc byte[2048]), out _openFileLimit);
        if (!isRead) _limits.Refuse();
        return _openFileLimit;
    }

    /// <summary>The cpu.stat of the nearest group that counts quota periods; that of a group without a quota of its own counts none.</summary>
    private static string? Throttled(IFileSource files, ReadOnlySpan<byte> cgroup, ReadOnlySpan<byte> mountInfo)
    {
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

    /// <summary>The nearest file that counts CPU time: a controller belongs to one version, and where it is of version 1, version 2 counts for
    /// nobody in particular.</summary>
    private static string? Used(IFileSource files, ReadOnlySpan<byte> cgroup, ReadOnlySpan<byte> mountInfo)
    {
        byte[] buffer = new byte[1024];
        foreach ((int version, string name) in (ReadOnlySpan<(int, string)>)[(1, "/cpuacct.usage"), (2, "/cpu.stat")])
        {
            if (!CgroupLocation.TryFindPath(cgroup, version, out string path, "cpuacct")) continue;
            foreach (string folder in CgroupLocation.Folders(mountInfo, version, path, "cpuacct"))
            {
                if (CgroupCpu.TryParseUsed(files.ReadStart(folder + name, buffer), out _)) return folder + name;
            }
        }

        return null;
    }
}

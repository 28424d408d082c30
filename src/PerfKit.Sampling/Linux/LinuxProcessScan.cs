using System.Globalization;

namespace PerfKit.Sampling;

/// <summary>Goes through the numbered folders of /proc.</summary>
/// <remarks>
/// A process seen for the first time is read from its stat, which says all, dearly. When it is seen again, three of its files are opened and
/// kept: with the CPU clock they say what has changed, for a third. The stat is read again while the process is young, when its parent has
/// ended, and now and then, because it may take another name.
/// </remarks>
internal sealed class LinuxProcessScan : IProcessScan
{
    internal const int ScansBetweenNames = 64;

    private const int Forbidden = 13;    // EACCES
    private const int NotPermitted = 1;  // EPERM
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(10);

    private readonly IFileSource _files;
    private readonly TimeProvider _time;
    private readonly Func<int, TimeSpan?> _cpuClock;
    private readonly ListeningSockets? _sockets;
    private readonly long _pageSize = Environment.SystemPageSize;
    private readonly int _mostKept;
    private readonly Dictionary<int, KnownProcess> _known = [];
    private readonly List<int> _ids = [];
    private readonly byte[] _line = new byte[4096];
    private readonly byte[] _buffer = new byte[512];
    private DateTimeOffset? _bootTime;
    private int _kept;
    private long _scan;

    internal LinuxProcessScan(IFileSource files, ProcessDiscoveryOptions options, TimeProvider time, Func<int, TimeSpan?> cpuClock)
    {
        _files = files;
        _time = time;
        _cpuClock = cpuClock;
        _sockets = options.FindsListeningPorts ? new ListeningSockets(files, time) : null;
        // Unknown limit: nothing is kept.
        bool isKnown = ProcPidLimits.TryParseOpenFiles(files.ReadStart("/proc/self/limits", _line), out long? limit);
        _mostKept = isKnown ? (int)Math.Min(options.KeptFiles, (limit ?? long.MaxValue) / 4) : 0;
    }

    public bool KnowsParents => true;

    public void Scan(List<ProcessInfo> found, CancellationToken ct)
    {
        _scan++;
        _bootTime = ProcStat.TryParseBootTime(_files.ReadWhole("/proc/stat"), out DateTimeOffset time) ? time : null;
        _sockets?.Begin();
        _ids.Clear();
        _files.TryList("/proc", _ids);
        foreach (int id in _ids)
        {
            ct.ThrowIfCancellationRequested();
            if (Read(id) is { } process) found.Add(process);
        }

        _sockets?.End();
        foreach (KnownProcess process in _known.Values)
        {
            if (process.Scan != _scan) Forget(process); // a dictionary allows removal while it is gone through
        }
    }

    public void Release()
    {
        foreach (KnownProcess process in _known.Values) process.Dispose();
        _known.Clear();
        _kept = 0;
        _sockets?.Forget();
    }

    /// <returns><see langword="null"/> for a process that has ended meanwhile, or whose line makes no sense.</returns>
    private ProcessInfo? Read(int id)
    {
        KnownProcess? process = _known.GetValueOrDefault(id);
        if (process is null || NeedsLine(process) || !TryReadKept(process, out Figures figures))
        {
            process = ReadLine(id, process, out figures);
            if (process is null) return null;
        }

        process.Scan = _scan;
        bool hasIo = TryReadIo(process, out ProcPidIo io);
        return new ProcessInfo
        {
            Id = id,
            ParentId = process.ParentId == 0 ? null : process.ParentId,
            Name = process.Name,
            StartedAt = _bootTime + process.StartedAfterBoot,
            CpuTime = figures.Cpu,
            WorkingSetBytes = figures.Pages > long.MaxValue / _pageSize ? null : figures.Pages * _pageSize,
            ThreadCount = figures.Threads == 0 ? null : figures.Threads,
            IoReadBytes = hasIo ? io.ReadBytes : null,
            IoWrittenBytes = hasIo ? io.WrittenBytes : null,
            IsCurrent = id == Environment.ProcessId,
            ContainerId = process.ContainerId,
            ListeningPorts = _sockets?.Of(process),
        };
    }

    // A parent that ended since is in the book no more, or another one has its id.
    private bool NeedsLine(KnownProcess process) =>
        process.Memory is null || process.Tasks is null || process.IsYoung || (process.Id + _scan) % ScansBetweenNames == 0
            || !ReferenceEquals(process.Parent, _known.GetValueOrDefault(process.ParentId));

    private bool TryReadKept(KnownProcess process, out Figures figures)
    {
        figures = default;
        if (!ProcPidStatm.TryParse(Read(process.Memory!), out long pages)) return false;
        if (!process.Tasks!.TryStatus(out FileStatus tasks) || tasks.Links < 2 || _cpuClock(process.Id) is not { } cpu) return false;
        figures = new Figures(cpu, pages, (int)tasks.Links - 2);
        return true;
    }

    private KnownProcess? ReadLine(int id, KnownProcess? before, out Figures figures)
    {
        figures = default;
        string folder = before?.Folder ?? string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/");
        bool isRead = ProcPidStat.TryParse(_files.ReadStart(folder + "stat", _line), out ProcPidStat stat) && stat.Id == id;
        if (before is not null && (!isRead || stat.StartedAfterBoot != before.StartedAfterBoot)) Forget(before);
        if (!isRead) return null;

        if (_known.TryGetValue(id, out KnownProcess? process))
        {
            Keep(process);
        }
        else
        {
            process = new KnownProcess(id, folder, stat.StartedAfterBoot) { ContainerId = ContainerId.Find(_files.ReadStart(folder + "cgroup", new byte[4096])) };
            _known[id] = process;
        }

        if (!process.IsNamed(stat.Name)) process.Rename(stat.Name, NameOf(process, stat.Name));
        process.IsYoung = _time.GetUtcNow() - (_bootTime + stat.StartedAfterBoot) < Youth;
        process.ParentId = stat.ParentId;
        process.Parent = _known.GetValueOrDefault(stat.ParentId);
        figures = new Figures(_cpuClock(id) ?? stat.CpuTime, stat.ResidentPages, stat.Threads);
        return process;
    }

    private string NameOf(KnownProcess process, ReadOnlySpan<byte> shortName) =>
        CommandName.Of(shortName, CommandName.MayBeCut(shortName) ? _files.ReadStart(process.Folder + "cmdline", _buffer) : default);

    /// <summary>Needs the right to trace the process; others' files cannot be opened or read.</summary>
    private bool TryReadIo(KnownProcess process, out ProcPidIo io)
    {
        io = default;
        if (process.IsIoForbidden) return false;
        if (process.Io is { } kept) return ProcPidIo.TryParse(Read(kept), out io);

        using IOpenFile? file = _files.Open(process.Folder + "io", out int error);
        if (file is not null && ProcPidIo.TryParse(Read(file), out io)) return true;
        process.IsIoForbidden = file is not null || error is Forbidden or NotPermitted; // where it can be opened but not read, that is forbidden
        return false;
    }

    /// <summary>Opens all of a process's files that do not change hands, or none.</summary>
    private void Keep(KnownProcess process)
    {
        if (process.OpenFiles > 0 || _kept + 3 > _mostKept) return;
        process.Memory = _files.Open(process.Folder + "statm", out _);
        process.Tasks = _files.Open(process.Folder + "task", out _);
        process.Io = process.IsIoForbidden ? null : _files.Open(process.Folder + "io", out _);
        _kept += process.OpenFiles;
    }

    private void Forget(KnownProcess process)
    {
        _kept -= process.OpenFiles;
        process.Dispose();
        _known.Remove(process.Id);
    }

    private ReadOnlySpan<byte> Read(IOpenFile file) => _buffer.AsSpan(0, Math.Max(0, file.Read(_buffer, 0)));

    private readonly record struct Figures(TimeSpan Cpu, long Pages, int Threads);
}

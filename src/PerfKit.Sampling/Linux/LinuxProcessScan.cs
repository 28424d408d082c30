using System.Globalization;
using System.Text;

namespace PerfKit.Sampling;

/// <summary>Goes through the numbered folders of /proc.</summary>
internal sealed class LinuxProcessScan(IFileSource files) : IProcessScan
{
    private readonly long _pageSize = Environment.SystemPageSize;

    public IEnumerable<ProcessInfo> Scan(CancellationToken ct)
    {
        DateTimeOffset? bootTime = ProcStat.TryParseBootTime(files.ReadWhole("/proc/stat"), out DateTimeOffset time) ? time : null;
        byte[] buffer = new byte[4096];
        foreach (string folder in files.Folders("/proc"))
        {
            ct.ThrowIfCancellationRequested();
            if (!int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) continue;
            if (Read(id, bootTime, buffer) is { } process) yield return process;
        }
    }

    /// <returns><see langword="null"/> for a process that has ended meanwhile, or whose line makes no sense.</returns>
    private ProcessInfo? Read(int id, DateTimeOffset? bootTime, byte[] buffer)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/");
        if (!ProcPidStat.TryParse(files.ReadStart(folder + "stat", buffer), out ProcPidStat stat) || stat.Id != id) return null;

        var process = new ProcessInfo
        {
            Id = id,
            ParentId = stat.ParentId == 0 ? null : stat.ParentId,
            Name = Encoding.UTF8.GetString(stat.Name),
            StartedAt = bootTime + stat.StartedAfterBoot,
            CpuTime = stat.CpuTime,
            WorkingSetBytes = stat.ResidentPages > long.MaxValue / _pageSize ? null : stat.ResidentPages * _pageSize,
            ThreadCount = stat.Threads == 0 ? null : stat.Threads,
            IsCurrent = id == Environment.ProcessId,
        };

        // Needs the right to trace the process; others' files cannot be opened or read.
        return ProcPidIo.TryParse(files.ReadStart(folder + "io", buffer), out ProcPidIo io)
            ? process with { IoReadBytes = io.ReadBytes, IoWrittenBytes = io.WrittenBytes }
            : process;
    }
}

namespace PerfKit.Sampling;

/// <summary>The tightest CPU quota of the process's control group and the groups around it. Guarded by the sampler's lock.</summary>
/// <remarks>The groups are looked up once: a process moved to another group later keeps the quota files of its first.</remarks>
internal sealed class CgroupQuota : IDisposable
{
    /// <summary>Quotas change by hand, or when an orchestrator resizes a container: reading them with every 30th sample will do.</summary>
    internal const int SamplesBetweenReads = 30;

    private readonly List<Level> _levels = [];
    private readonly UnavailableFigures _unavailable;
    private readonly byte[] _quota = new byte[64];
    private readonly byte[] _period = new byte[64];
    private double? _cores;
    private int _untilRead;
    private bool _noted;

    internal CgroupQuota(IFileSource files, UnavailableFigures unavailable)
    {
        _unavailable = unavailable;
        ReadOnlySpan<byte> cgroup = files.ReadWhole("/proc/self/cgroup");
        ReadOnlySpan<byte> mountInfo = files.ReadWhole("/proc/self/mountinfo");
        if (cgroup.IsEmpty || mountInfo.IsEmpty)
        {
            Note($"{(cgroup.IsEmpty ? "/proc/self/cgroup" : "/proc/self/mountinfo")} cannot be read");
            return;
        }

        // Both: on a hybrid machine version 2 is mounted as well, but without the CPU controller.
        if (CgroupLocation.TryFindPath(cgroup, 2, out string path))
        {
            foreach (string folder in CgroupLocation.Folders(mountInfo, 2, path))
                Keep(files.Open(folder + "/cpu.max", out _), null);
        }

        if (CgroupLocation.TryFindPath(cgroup, 1, out path))
        {
            foreach (string folder in CgroupLocation.Folders(mountInfo, 1, path))
            {
                IOpenFile? quota = files.Open(folder + "/cpu.cfs_quota_us", out _);
                if (quota is not null) Keep(quota, files.Open(folder + "/cpu.cfs_period_us", out _));
            }
        }
    }

    /// <summary>In cores; <see langword="null"/> when nothing limits the process, or it is unknown.</summary>
    internal double? Cores()
    {
        if (_untilRead-- > 0) return _cores;
        _untilRead = SamplesBetweenReads - 1;

        _cores = null;
        foreach (Level level in _levels)
        {
            if (!TryRead(level, out double? cores)) Note("a quota file is not in the format expected");
            else if (cores < (_cores ?? double.MaxValue)) _cores = cores;
        }

        return _cores;
    }

    public void Dispose()
    {
        foreach (Level level in _levels)
        {
            level.Quota.Dispose();
            level.Period?.Dispose();
        }

        _levels.Clear();
    }

    /// <summary>A missing file is no failure: the root group has none, nor has a group without the CPU controller.</summary>
    private void Keep(IOpenFile? quota, IOpenFile? period)
    {
        if (quota is not null) _levels.Add(new Level(quota, period));
    }

    private bool TryRead(Level level, out double? cores)
    {
        ReadOnlySpan<byte> quota = _quota.AsSpan(0, Math.Max(0, level.Quota.Read(_quota, 0)));
        if (level.Period is null) return CgroupCpu.TryParseMax(quota, out cores);
        return CgroupCpu.TryParseQuota(quota, _period.AsSpan(0, Math.Max(0, level.Period.Read(_period, 0))), out cores);
    }

    private void Note(string reason)
    {
        if (_noted) return;
        _noted = true;
        _unavailable.Note(nameof(ResourceSample.AvailableCores), $"A CPU quota may be missing: {reason}. The processors are counted.");
    }

    /// <param name="Quota">cpu.max, or cpu.cfs_quota_us.</param>
    /// <param name="Period">cpu.cfs_period_us of version 1.</param>
    private readonly record struct Level(IOpenFile Quota, IOpenFile? Period);
}

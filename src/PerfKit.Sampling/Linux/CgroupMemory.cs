namespace PerfKit.Sampling;

/// <summary>What the process's control group holds of memory, and the tightest limit of it and the groups around it. Guarded by the
/// sampler's lock.</summary>
internal sealed class CgroupMemory : IDisposable
{
    private const string Figures = "ControlGroupMemoryBytes, ControlGroupMemoryLimitBytes";

    /// <summary>Version 1 writes "no limit" as the greatest number of whole pages.</summary>
    private const long Unlimited = 1L << 62;

    private readonly List<IOpenFile> _limits = [];
    private readonly byte[] _buffer = new byte[64];
    private readonly KeptFile? _used;
    private long? _limit;
    private int _untilRead;

    internal CgroupMemory(IFileSource files, ReadOnlySpan<byte> cgroup, ReadOnlySpan<byte> mountInfo, UnavailableFigures unavailable)
    {
        // A controller belongs to one of the versions; where it is of version 1, the files of version 2 are not there.
        foreach ((int version, string used, string limit) in (ReadOnlySpan<(int, string, string)>)
            [(1, "/memory.usage_in_bytes", "/memory.limit_in_bytes"), (2, "/memory.current", "/memory.max")])
        {
            if (!CgroupLocation.TryFindPath(cgroup, version, out string path, "memory")) continue;
            foreach (string folder in CgroupLocation.Folders(mountInfo, version, path, "memory"))
            {
                if (_used is null && !files.ReadStart(folder + used, _buffer).IsEmpty) _used = new KeptFile(files, folder + used, Figures, unavailable);
                if (_used is not null && files.Open(folder + limit, out _) is { } file) _limits.Add(file);
            }

            if (_used is not null) return;
        }

        unavailable.Note(Figures, "No control group of this process counts memory.");
    }

    /// <summary>Both in bytes; the limit is <see langword="null"/> when nothing limits the group, or it is unknown.</summary>
    internal (long? Used, long? Limit) Read()
    {
        if (_used is null) return default;
        if (_untilRead-- <= 0)
        {
            _untilRead = CgroupQuota.SamplesBetweenReads - 1;
            _limit = null;
            foreach (IOpenFile file in _limits)
            {
                if (TryLimit(_buffer.AsSpan(0, Math.Max(0, file.Read(_buffer, 0))), out long? limit) && limit < (_limit ?? long.MaxValue)) _limit = limit;
            }
        }

        if (new AsciiFields(_used.Read(_buffer)).TryNumber(out long used)) return (used, _limit);
        _used.Refuse();
        return (null, _limit);
    }

    /// <summary>Such as <c>536870912</c> or <c>max</c>.</summary>
    internal static bool TryLimit(ReadOnlySpan<byte> text, out long? bytes)
    {
        bytes = null;
        if (!new AsciiFields(text).TryNext(out ReadOnlySpan<byte> field)) return false;
        if (field.SequenceEqual("max"u8)) return true;
        if (!AsciiFields.TryNumber(field, out long number)) return false;
        bytes = number >= Unlimited ? null : number;
        return true;
    }

    public void Dispose()
    {
        _used?.Dispose();
        foreach (IOpenFile file in _limits) file.Dispose();
        _limits.Clear();
    }
}

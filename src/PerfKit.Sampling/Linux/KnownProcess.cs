namespace PerfKit.Sampling;

/// <summary>What is remembered of a process from scan to scan: its open files, and what does not change while it lives.</summary>
/// <remarks>An open file of an ended process stays that process's: it cannot be read any more, whoever has the id now.</remarks>
internal sealed class KnownProcess(int id, string folder, TimeSpan startedAfterBoot) : IDisposable
{
    private byte[] _shortName = [];

    internal int Id => id;

    /// <summary>Its folder in /proc, with a slash at the end.</summary>
    internal string Folder => folder;

    /// <summary>With the id it says which process this is: ids are used again.</summary>
    internal TimeSpan StartedAfterBoot => startedAfterBoot;

    internal string Name { get; private set; } = "";

    internal string? ContainerId { get; init; }

    internal int ParentId { get; set; }

    /// <summary>Changes when the parent ends; <see langword="null"/> when it was not there to be remembered.</summary>
    internal KnownProcess? Parent { get; set; }

    /// <summary>It may still be about to become what it was started for, and to take its name.</summary>
    internal bool IsYoung { get; set; }

    internal IOpenFile? Memory { get; set; }

    internal IOpenFile? Tasks { get; set; }

    internal IOpenFile? Io { get; set; }

    /// <summary>It belongs to somebody else, who will not give it away.</summary>
    internal bool IsIoForbidden { get; set; }

    /// <summary>It was asked for its network and its files.</summary>
    internal bool IsLookedThrough { get; set; }

    /// <summary>It is in the same network as this process.</summary>
    internal bool SharesNetwork { get; set; }

    /// <summary>The sockets among its files at which somebody listens; <see langword="null"/> when its files cannot be looked through.</summary>
    internal List<long>? Listeners { get; set; }

    /// <summary>Their ports.</summary>
    internal IReadOnlyList<int>? Ports { get; set; }

    /// <summary>The scan that saw it last.</summary>
    internal long Scan { get; set; }

    internal int OpenFiles => (Memory is null ? 0 : 1) + (Tasks is null ? 0 : 1) + (Io is null ? 0 : 1);

    /// <summary>A process may rename itself; as long as it does not, its name is one string.</summary>
    internal bool IsNamed(ReadOnlySpan<byte> shortName) => Name.Length > 0 && shortName.SequenceEqual(_shortName);

    internal void Rename(ReadOnlySpan<byte> shortName, string name)
    {
        _shortName = shortName.ToArray();
        Name = name;
    }

    public void Dispose()
    {
        Memory?.Dispose();
        Tasks?.Dispose();
        Io?.Dispose();
        Memory = Tasks = Io = null;
    }
}

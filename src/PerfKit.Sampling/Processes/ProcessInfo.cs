namespace PerfKit.Sampling;

/// <summary>A process of the machine at the moment <see cref="ProcessDiscovery"/> looked.</summary>
/// <remarks>A figure that the platform cannot give, or that this process has no permission to see, is <see langword="null"/>.</remarks>
public sealed record ProcessInfo
{
    /// <summary>Gets the process id.</summary>
    public required int Id { get; init; }

    /// <summary>Gets the id of the process that started it; <see langword="null"/> for the first process, and off Linux.</summary>
    public int? ParentId { get; init; }

    /// <summary>Gets its short name. On Linux the kernel keeps 15 bytes of it, which a thread may have renamed; the rest is taken from
    /// the command line where that begins likewise. A line feed in it shows as <c>\n</c>; other control characters, and bytes that are no
    /// UTF-8, as U+FFFD.</summary>
    public required string Name { get; init; }

    /// <summary>Gets when it started, to about a second.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets the CPU time, user and kernel together, it has used since it started; in steps of 10 ms on Linux.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Gets the physical memory it occupies, in bytes; 0 for a kernel thread or a process that has ended.</summary>
    public long? WorkingSetBytes { get; init; }

    /// <summary>Gets the number of its threads.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>Gets the bytes it has read by all read-like calls, as <see cref="ResourceSample.IoReadBytes"/>; Linux only, and
    /// <see langword="null"/> for processes of other users unless this process is privileged.</summary>
    public long? IoReadBytes { get; init; }

    /// <summary>Gets the bytes it has written by all write-like calls; missing where <see cref="IoReadBytes"/> is.</summary>
    public long? IoWrittenBytes { get; init; }

    /// <summary>Gets the number of processes it has started that still run; <see langword="null"/> off Linux.</summary>
    public int? ChildCount { get; internal set; } // counted when all are found, before anybody sees it

    /// <summary>Gets the TCP ports at which it listens, sorted; empty for none.</summary>
    /// <value>Linux only. <see langword="null"/> for processes of other users unless this process is privileged, and for processes in
    /// another network, such as those of most containers.</value>
    public IReadOnlyList<int>? ListeningPorts { get; init; }

    /// <summary>Gets the id of its container: 64 hexadecimal digits, as Docker, containerd, CRI-O and Podman give.</summary>
    /// <value><see langword="null"/> outside of one, off Linux, and inside a container that hides the names of its control groups.</value>
    public string? ContainerId { get; init; }

    /// <summary>Gets whether it is the process that asks.</summary>
    public bool IsCurrent { get; init; }
}

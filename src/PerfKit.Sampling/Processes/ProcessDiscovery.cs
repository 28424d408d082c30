namespace PerfKit.Sampling;

/// <summary>Lists the processes of the machine, or of the container: those that this process can see.</summary>
/// <remarks>Any thread may use it; it keeps no state between calls. A call costs some ten microseconds a process on Linux,
/// and much more elsewhere: it is for a report, not for a timer.</remarks>
public sealed class ProcessDiscovery
{
    private readonly IProcessScan _scan;

    /// <summary>Makes a discovery for this machine.</summary>
    public ProcessDiscovery()
        : this(OperatingSystem.IsLinux() ? new LinuxProcessScan(new LinuxFiles()) : new PortableProcessScan())
    {
    }

    internal ProcessDiscovery(IProcessScan scan) => _scan = scan;

    /// <summary>Lists the processes that run now.</summary>
    /// <param name="ct">Looked at before each process.</param>
    /// <returns>Sorted by id. A process that ends or starts during the call may be missing; one that cannot be read at all is
    /// left out. Empty if the platform tells nothing.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was canceled.</exception>
    public IReadOnlyList<ProcessInfo> Discover(CancellationToken ct = default)
    {
        var found = new List<ProcessInfo>();
        foreach (ProcessInfo process in _scan.Scan(ct)) found.Add(process);
        found.Sort((a, b) => a.Id.CompareTo(b.Id));
        return found;
    }
}

/// <summary>Goes through the processes of one kind of operating system; never throws but for cancellation.</summary>
internal interface IProcessScan
{
    IEnumerable<ProcessInfo> Scan(CancellationToken ct);
}

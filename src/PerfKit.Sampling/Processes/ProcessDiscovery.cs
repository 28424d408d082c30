namespace PerfKit.Sampling;

/// <summary>Lists the processes of the machine, or of the container: those that this process can see.</summary>
/// <remarks>
/// <para>Any thread may use it; calls follow one another. On Linux a call costs some five microseconds a process that was there at the two calls before,
/// and ten times as much for a new one; elsewhere it costs what the <see cref="System.Diagnostics.Process"/> class does.</para>
/// <para>Dispose it to close the files that it keeps open; a minute after the last call it does so by itself.</para>
/// </remarks>
public sealed class ProcessDiscovery : IDisposable
{
    internal static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly IProcessScan _scan;          // used under _gate only
    private readonly Dictionary<int, int> _children = []; // guarded by _gate
    private readonly ITimer _idle;
    private bool _disposed;                       // guarded by _gate
    private int _lastCount;                       // guarded by _gate

    /// <summary>Makes a discovery for this machine.</summary>
    /// <param name="options">Options; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ProcessDiscovery(ProcessDiscoveryOptions? options = null)
        : this(ForThisSystem(options ?? new ProcessDiscoveryOptions()), TimeProvider.System)
    {
    }

    internal ProcessDiscovery(IProcessScan scan, TimeProvider time)
    {
        _scan = scan;
        _idle = CreateTimer(time);
    }

    /// <summary>Lists the processes that run now.</summary>
    /// <param name="ct">Looked at before each process.</param>
    /// <returns>Sorted by id. A process that ends or starts during the call may be missing; one that cannot be read at all is
    /// left out. Empty if the platform tells nothing.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was canceled.</exception>
    public IReadOnlyList<ProcessInfo> Discover(CancellationToken ct = default)
    {
        lock (_gate)
        {
            var found = new List<ProcessInfo>(_lastCount + 16);
            try
            {
                _scan.Scan(found, ct);
            }
            finally
            {
                if (_disposed) _scan.Release();
                else _idle.Change(Idle, Timeout.InfiniteTimeSpan);
            }

            found.Sort(static (a, b) => a.Id.CompareTo(b.Id));
            CountChildren(found);
            _lastCount = found.Count;
            return found;
        }
    }

    /// <summary>Closes what is kept open. It may still be used, and then keeps nothing open.</summary>
    public void Dispose()
    {
        _idle.Dispose();
        lock (_gate)
        {
            _disposed = true;
            _scan.Release();
        }
    }

    private void Release()
    {
        lock (_gate) _scan.Release();
    }

    /// <summary>Without the maker's execution context: its async locals are none of the timer's business.</summary>
    private ITimer CreateTimer(TimeProvider time)
    {
        using SuppressedFlow apart = SuppressedFlow.Begin();
        return time.CreateTimer(static discovery => ((ProcessDiscovery)discovery!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void CountChildren(List<ProcessInfo> found)
    {
        _children.Clear();
        if (!_scan.KnowsParents) return;
        foreach (ProcessInfo process in found)
        {
            if (process.ParentId is { } parent) _children[parent] = _children.GetValueOrDefault(parent) + 1;
        }

        foreach (ProcessInfo process in found) process.ChildCount = _children.GetValueOrDefault(process.Id);
    }

    private static IProcessScan ForThisSystem(ProcessDiscoveryOptions options)
    {
        options.Check();
        return OperatingSystem.IsLinux() ? new LinuxProcessScan(new LinuxFiles(), options, TimeProvider.System, ProcessClock.Read) : new PortableProcessScan();
    }
}

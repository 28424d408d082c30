namespace PerfKit.Instrumentation;

/// <summary>
/// A service as it is entered: inside which others. What is charged to a path counts for its service exclusively, and for each
/// service on it inclusively, so nested services cost no more to charge than others. A path names each service once: a
/// service that is entered again inside itself moves to the path's end.
/// </summary>
/// <param name="id">Its place in the books.</param>
/// <param name="entered">The name that leads to it.</param>
/// <param name="outer">What it was entered in; <c>null</c> for the path outside of all services.</param>
internal sealed class ServicePath(int id, string entered, ServicePath? outer)
{
    // Replaced, never changed: readers take no lock.
    private Dictionary<string, ServicePath> _inner = [];
    private long _exceptions;
    private long _lockWait;

    /// <summary>Its place in the books.</summary>
    public int Id { get; } = id;

    /// <summary>The name that leads to it.</summary>
    public string Entered { get; } = entered;

    public string Service { get; } = ServiceOf(entered);

    /// <summary>What it was entered in; <c>null</c> for the path outside of all services.</summary>
    public ServicePath? Outer { get; } = outer;

    /// <summary>The services on it, innermost first.</summary>
    public IEnumerable<string> Services
    {
        get
        {
            for (ServicePath? path = this; path is { Id: >= 0 }; path = path.Outer)
                yield return path.Service;
        }
    }

    public long Exceptions => Interlocked.Read(ref _exceptions);

    /// <summary>In <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long LockWait => Interlocked.Read(ref _lockWait);

    /// <summary>The service that is entered by a name: PerfKit's own has two, so that what it does on demand can be told apart.</summary>
    public static string ServiceOf(string entered) => entered == ServiceContext.OnDemandName ? ServiceContext.OwnName : entered;

    /// <summary>The path of a service that is entered here; <c>null</c> when it was not yet.</summary>
    public ServicePath? Find(string service) => Volatile.Read(ref _inner).GetValueOrDefault(service);

    /// <summary>Remembers the path of a service that is entered here. One caller at a time.</summary>
    public void Add(string service, ServicePath path) => Volatile.Write(ref _inner, new Dictionary<string, ServicePath>(_inner) { [service] = path });

    public void CountException() => Interlocked.Increment(ref _exceptions);

    public void ChargeLockWait(long ticks) => Interlocked.Add(ref _lockWait, ticks);
}

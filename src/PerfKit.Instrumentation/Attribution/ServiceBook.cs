namespace PerfKit.Instrumentation;

/// <summary>The services, and the paths on which they were entered. Bounded; thread-safe; never throws.</summary>
internal static class ServiceBook
{
    public const int MaxServices = 1_024;
    public const int MaxPaths = 4_096;
    public const string OtherName = "(other)";

    private static readonly ServicePath Outside = new(-1, "", outer: null);
    private static readonly ServicePath[] Paths = new ServicePath[MaxPaths];
    private static readonly Lock Registration = new();
    private static readonly ServicePath Other;
    private static int _count;    // changed under Registration
    private static int _services; // guarded by Registration
    private static long _overflowed;
    private static long _unpathed;
    private static long _lockWait;

    static ServiceBook()
    {
        Other = Add(Outside, OtherName); // a host may use the name too
        Own = Add(Outside, ServiceContext.OwnName);
        AppDomain.CurrentDomain.FirstChanceException += static (_, _) => CountException();
    }

    /// <summary>What PerfKit itself uses.</summary>
    public static ServicePath Own { get; }

    /// <summary>Paths known so far; their ids are below this.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>How often a context was charged to <c>(other)</c> because the book was full of services.</summary>
    public static long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>How often a context counted for no service around it because the book was full of paths.</summary>
    public static long Unpathed => Interlocked.Read(ref _unpathed);

    /// <summary>Waiting for managed locks that was heard of, of services and of others, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public static long LockWait => Interlocked.Read(ref _lockWait);

    /// <summary>The path of a service that is entered on another path, or outside of all.</summary>
    public static ServicePath PathOf(ServicePath? outer, string? service)
    {
        outer ??= Outside;
        return service is not null && outer.Find(service) is { } path ? path : Register(outer, Names.Clean(service));
    }

    public static ServicePath PathOf(int id) => Paths[id];

    /// <summary>Charges waiting for managed locks; of no service with an id below 0.</summary>
    public static void ChargeLockWait(int id, long ticks)
    {
        Interlocked.Add(ref _lockWait, ticks);
        if (id >= 0)
            Paths[id].ChargeLockWait(ticks);
    }

    private static ServicePath Register(ServicePath outer, string service)
    {
        if (outer.Find(service) is { } known)
            return known;
        lock (Registration)
        {
            if (outer.Find(service) is { } path)
                return path;
            if (Outside.Find(service) is not { } top)
            {
                if (_services == MaxServices)
                {
                    Interlocked.Increment(ref _overflowed);
                    return Other;
                }
                top = Add(Outside, service);
            }
            return outer == Outside ? top : Inside(outer, service, top);
        }
    }

    // Under Registration. Every service has a path of its own first, so there is always one to charge.
    private static ServicePath Inside(ServicePath outer, string service, ServicePath top)
    {
        ServicePath around = Outside;
        foreach (string each in ServicesOn(outer).Reverse().Where(each => each != service))
            around = Step(around, each, top);
        ServicePath path = around == Outside ? top : Step(around, service, top);
        if (path == top && around != Outside)
            Interlocked.Increment(ref _unpathed);
        else if (outer.Find(service) is null)
            outer.Add(service, path);
        return path;
    }

    private static ServicePath Step(ServicePath around, string service, ServicePath otherwise)
    {
        if (around.Find(service) is { } path)
            return path;
        return _count - _services < MaxPaths - MaxServices ? Add(around, service) : otherwise;
    }

    private static ServicePath Add(ServicePath outer, string service)
    {
        var path = new ServicePath(_count, service, outer);
        Paths[_count] = path;
        outer.Add(service, path);
        if (outer == Outside)
            _services++;
        Volatile.Write(ref _count, _count + 1);
        return path;
    }

    /// <summary>The services of a path, innermost first.</summary>
    public static IEnumerable<string> ServicesOn(ServicePath path)
    {
        for (ServicePath? each = path; each is { Id: >= 0 }; each = each.Outer)
            yield return each.Service;
    }

    // Runs inside the throw of any thread, in whatever state the host is: it only counts.
    private static void CountException() => Flow.CurrentLive?.Service?.Path.CountException();
}

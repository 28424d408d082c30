namespace PerfKit.Instrumentation;

/// <summary>Services, and the paths on which they were entered. Bounded; thread-safe; known ones are found without a lock.</summary>
internal sealed class ServicePaths
{
    public const string OtherName = "(other)";

    private readonly int _maxServices;
    private readonly ServicePath _outside = new(-1, "", outer: null);
    private readonly ServicePath _other;
    private readonly ServicePath[] _paths;
    private readonly Lock _registration = new();
    private int _count;    // changed under _registration, as the next
    private int _services;
    private long _overflowed;
    private long _unnested;

    /// <param name="maxServices">How many services are told apart.</param>
    /// <param name="maxPaths">How many paths; more than services, as each has one of its own.</param>
    public ServicePaths(int maxServices, int maxPaths)
    {
        _maxServices = maxServices;
        _paths = new ServicePath[maxPaths];
        _other = Add(_outside, OtherName); // a host may use the name too
    }

    /// <summary>Paths known so far; their ids are below this.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How often a service became <see cref="OtherName"/>, because there were too many.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>How often a service was entered as if outside of all, because there were too many paths.</summary>
    public long Unnested => Interlocked.Read(ref _unnested);

    /// <summary>Where services go that there is no room for.</summary>
    public ServicePath Other => _other;

    public ServicePath this[int id] => _paths[id];

    private bool HasAllServices => Volatile.Read(ref _services) == _maxServices;

    // Every service finds a path of its own, however many ways to nest there are.
    private bool HasAllWays => Volatile.Read(ref _count) - Volatile.Read(ref _services) >= _paths.Length - _maxServices;

    /// <summary>The path of a service that is entered on another path, or outside of all.</summary>
    public ServicePath Of(ServicePath? outer, string? service)
    {
        outer ??= _outside;
        return service is not null && outer.Find(service) is { } path ? path : OfCleaned(outer, Names.Clean(service));
    }

    private ServicePath OfCleaned(ServicePath outer, string service)
    {
        if (outer.Find(service) is { } path)
            return path;
        ServicePath? alone = _outside.Find(service);
        if (alone is null && HasAllServices)
        {
            Interlocked.Increment(ref _overflowed);
            return _other;
        }
        if (alone is not null && HasAllWays)
        {
            Interlocked.Increment(ref _unnested);
            return alone;
        }
        lock (_registration)
            return Register(outer, service);
    }

    private ServicePath Register(ServicePath outer, string service)
    {
        if (outer.Find(service) is { } path)
            return path;
        if (_outside.Find(service) is not { } alone)
        {
            if (HasAllServices)
                return _other;
            alone = Add(_outside, service);
        }
        if (outer == _outside)
            return alone;
        path = _outside;
        foreach (string each in outer.Services.Reverse().Where(each => each != ServicePath.ServiceOf(service)).Append(service))
        {
            if (path.Find(each) is null && HasAllWays)
                return alone;
            path = path.Find(each) ?? Add(path, each);
        }
        if (outer.Find(service) is null)
            outer.Add(service, path);
        return path;
    }

    private ServicePath Add(ServicePath outer, string service)
    {
        var path = new ServicePath(_count, service, outer);
        _paths[_count] = path;
        outer.Add(service, path);
        if (outer == _outside)
            Volatile.Write(ref _services, _services + 1);
        Volatile.Write(ref _count, _count + 1);
        return path;
    }
}

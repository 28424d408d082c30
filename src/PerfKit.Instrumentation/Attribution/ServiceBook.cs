namespace PerfKit.Instrumentation;

/// <summary>The process's services, and the figures that belong to no thread. Bounded; thread-safe; never throws.</summary>
internal static class ServiceBook
{
    public const int MaxServices = 1_024;
    public const int MaxPaths = 4_096;

    private static long _lockWait;

    static ServiceBook()
    {
        Own = Paths.Of(null, ServiceContext.OwnName);
        AppDomain.CurrentDomain.FirstChanceException += static (_, _) => CountException();
    }

    public static ServicePaths Paths { get; } = new(MaxServices, MaxPaths);

    /// <summary>What PerfKit itself uses.</summary>
    public static ServicePath Own { get; }

    /// <summary>Waiting for managed locks that was heard of, of services and of others, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public static long LockWait => Interlocked.Read(ref _lockWait);

    /// <summary>What is charged where there is no room for more.</summary>
    public static int Other => Paths.Other.Id;

    /// <summary>A service, wherever it is entered: the id of the path on which it is entered outside of all others.</summary>
    public static int IdOf(string service) => Paths.Of(null, service).Id;

    /// <summary>The service at a path's end; below 0 for none.</summary>
    public static int ServiceOf(int pathId) => pathId < 0 ? -1 : IdOf(Paths[pathId].Service);

    public static string NameOf(int id) => Paths[id].Service;

    /// <summary>Charges waiting for managed locks to a path; to no service with an id below 0.</summary>
    public static void ChargeLockWait(int pathId, long ticks)
    {
        Interlocked.Add(ref _lockWait, ticks);
        if (pathId >= 0)
            Paths[pathId].ChargeLockWait(ticks);
    }

    // Runs inside the throw of any thread, in whatever state the host is: it only counts.
    private static void CountException() => Flow.CurrentLive?.Context?.Path.CountException();
}

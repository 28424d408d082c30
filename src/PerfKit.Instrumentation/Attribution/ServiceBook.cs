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

    /// <summary>Charges waiting for managed locks to a path; to no service with an id below 0.</summary>
    public static void ChargeLockWait(int pathId, long ticks)
    {
        Interlocked.Add(ref _lockWait, ticks);
        if (pathId >= 0)
            Paths[pathId].ChargeLockWait(ticks);
    }

    // Runs inside the throw of any thread, in whatever state the host is: it only counts.
    private static void CountException() => Flow.CurrentLive?.Service?.Path.CountException();
}

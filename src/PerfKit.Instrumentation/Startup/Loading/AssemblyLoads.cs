using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>Charges each assembly that is loaded to the start-up scope of the flow that loads it.</summary>
internal static class AssemblyLoads
{
    private const int MaxWaiting = 4_096;

    private static readonly Lock Gate = new();

    // A load and its duration come from two sides, in any order: whichever is first waits. Guarded by Gate.
    private static readonly Dictionary<string, LoadEntry> Loads = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, long> Durations = new(StringComparer.Ordinal);

    private static int _isWatched;
    private static int _listeners;

    /// <summary>How long loads take is being measured.</summary>
    public static bool IsTimed => Volatile.Read(ref _listeners) > 0;

    /// <summary>Assemblies the process has loaded so far.</summary>
    public static int Count => AppDomain.CurrentDomain.GetAssemblies().Length;

    /// <summary>Listens from the first call on, for as long as the process lives.</summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            AppDomain.CurrentDomain.AssemblyLoad += static (_, load) => Charge(load);
    }

    /// <summary>Measures how long loads take until the result is disposed.</summary>
    public static IDisposable Time() => new Timing();

    /// <summary>How long a load took has become known.</summary>
    /// <param name="fullName">The assembly's full name.</param>
    /// <param name="duration">In <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
    public static void Took(string fullName, long duration)
    {
        LoadEntry? load;
        lock (Gate)
        {
            if (!Loads.Remove(fullName, out load) && Durations.Count < MaxWaiting)
                Durations[fullName] = duration;
        }
        if (load is not null)
            StartupBook.Time(load, duration);
    }

    private static void Charge(AssemblyLoadEventArgs args)
    {
        try
        {
            if (Flow.Current?.Scope?.Entry.Charged is not { } entry)
                return;
            long jitTime = RuntimeReading.FromTimeSpan(JitInfo.GetCompilationTime(currentThread: true));
            var load = new LoadEntry(Names.Clean(args.LoadedAssembly.GetName().Name), jitTime);
            StartupBook.Load(entry, load);
            if (!IsTimed || args.LoadedAssembly.FullName is not { } fullName)
                return;
            ThreadLedger.OfThread()?.Note(load, jitTime);
            long duration;
            lock (Gate)
            {
                if (!Durations.Remove(fullName, out duration))
                {
                    if (Loads.Count < MaxWaiting)
                        Loads[fullName] = load;
                    return;
                }
            }
            StartupBook.Time(load, duration);
        }
        catch (Exception) // it would be the end of the host's load
        {
            ThreadLedger.CountFault();
        }
    }

    private sealed class Timing : IDisposable
    {
        private AssemblyLoadListener? _listener;

        public Timing()
        {
            Watch();
            try
            {
                ChangeSession(() => _listener = new AssemblyLoadListener());
                Interlocked.Increment(ref _listeners);
            }
            catch (Exception) // a runtime without events
            {
                ThreadLedger.CountFault();
            }
        }

        // The runtime begins the thread that it tells on whenever a listener comes or goes: it is nobody's work.
        private static void ChangeSession(Action change)
        {
            AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
            try
            {
                lock (EventSession.Gate)
                    change();
            }
            finally
            {
                flow?.Undo();
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _listener, null) is not { } listener)
                return;
            Interlocked.Decrement(ref _listeners);
            ChangeSession(listener.Dispose);
        }
    }
}

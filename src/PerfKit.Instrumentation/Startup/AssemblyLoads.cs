namespace PerfKit.Instrumentation;

/// <summary>Charges each assembly that is loaded to the start-up scope of the flow that loads it.</summary>
internal static class AssemblyLoads
{
    private static int _isWatched;

    /// <summary>Listens from the first call on, for as long as the process lives.</summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            AppDomain.CurrentDomain.AssemblyLoad += static (_, load) => Charge(load);
    }

    /// <summary>Assemblies the process has loaded so far.</summary>
    public static int Count => AppDomain.CurrentDomain.GetAssemblies().Length;

    private static void Charge(AssemblyLoadEventArgs load)
    {
        try
        {
            if (Flow.Current?.Scope is { } scope && scope.Entry.Charged is { } entry)
                StartupBook.Load(entry, Names.Clean(load.LoadedAssembly.GetName().Name));
        }
        catch (Exception) // it would be the end of the host's load
        {
            ThreadLedger.CountFault();
        }
    }
}

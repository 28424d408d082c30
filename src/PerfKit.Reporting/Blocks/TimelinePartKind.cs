namespace PerfKit.Reporting;

/// <summary>What a part of a bar's time went to, and so its color.</summary>
public enum TimelinePartKind
{
    /// <summary>Something that none of the other kinds names.</summary>
    Other = 0,

    /// <summary>Running on a processor.</summary>
    Cpu,

    /// <summary>Compiling methods.</summary>
    Jit,

    /// <summary>Loading assemblies.</summary>
    AssemblyLoading,

    /// <summary>Halted by the garbage collector.</summary>
    GarbageCollection,

    /// <summary>Ready to run, waiting for a processor or a thread.</summary>
    Queued,

    /// <summary>On a thread that waits.</summary>
    Blocked,

    /// <summary>On no thread, until something asynchronous completes.</summary>
    Awaiting,
}

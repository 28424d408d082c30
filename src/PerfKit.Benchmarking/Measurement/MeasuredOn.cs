namespace PerfKit.Benchmarking;

/// <summary>Whose CPU time and allocation a benchmark counts.</summary>
public enum MeasuredOn
{
    /// <summary>The thread that ran the operation: exact, but work it hands to other threads is not seen.</summary>
    Thread,

    /// <summary>The whole process: work on any thread is seen, whoever did it.</summary>
    Process,
}

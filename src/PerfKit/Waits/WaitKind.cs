namespace PerfKit;

/// <summary>What is waited for.</summary>
public enum WaitKind
{
    /// <summary>A managed lock (<c>lock</c>, <c>Monitor</c>, <c>Lock</c>) that another thread holds.</summary>
    Lock,

    /// <summary>The end of a garbage collection's pause.</summary>
    GarbageCollection,

    /// <summary>A thread of the pool, for queued work.</summary>
    ThreadPool,
}

namespace PerfKit.Analysis;

/// <summary>What kind of thing makes the application slow.</summary>
public enum BottleneckType
{
    /// <summary>The application takes long to start.</summary>
    StartupSlow,

    /// <summary>Code keeps the CPU busy.</summary>
    CpuIntensive,

    /// <summary>Live memory grows without end.</summary>
    MemoryLeak,

    /// <summary>Much data moved, or very many I/O calls.</summary>
    IoBound,

    /// <summary>Services wait for the same lock, CPU or device.</summary>
    ResourceContention,

    /// <summary>A thread is held while nothing runs on it.</summary>
    BlockingOperation,

    /// <summary>Work waits because the thread pool has no free thread.</summary>
    ThreadPoolStarvation,

    /// <summary>Garbage collection takes a large part of the time.</summary>
    GcPressure,

    /// <summary>Exceptions are thrown at a high rate.</summary>
    ExceptionStorm,

    /// <summary>A container's CPU quota holds the process back.</summary>
    CpuThrottled,

    /// <summary>The process holds more memory than its limit.</summary>
    MemoryPressure,

    /// <summary>An operation takes long, or fails often.</summary>
    SlowOperation,
}

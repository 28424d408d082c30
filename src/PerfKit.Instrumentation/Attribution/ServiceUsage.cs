namespace PerfKit.Instrumentation;

/// <summary>
/// What one service consumed in a window. Its time on threads is <see cref="Cpu"/> + <see cref="QueuedForCpu"/> +
/// <see cref="Blocked"/>. Figures are exclusive, so that services add up: what an inner context used is the inner service's, and
/// here only in <see cref="Inclusive"/>. Immutable.
/// </summary>
/// <remarks>
/// Slices under 20 µs are taken as CPU time and settled by the thread's CPU clock at its next longer slice, or when a
/// millisecond has been taken so; <see cref="CpuError"/> says how far that may be off. I/O and queueing are read at slices of
/// 200 µs and more (queueing where they waited for 50 µs), and charged to the service that is leaving then. A PerfKit that is over its CPU budget looks at longer
/// slices only. Awaiting time is booked when the flow resumes, so a long wait shows in the window in which it ended; allocated
/// bytes are booked when the flow leaves its thread. Slices that still run are counted on Linux; elsewhere they are booked when
/// they end. To spare the host's descriptors, I/O and queueing are read for 128 threads at most, and for fewer where the process
/// may open few files.
/// </remarks>
public sealed record ServiceUsage
{
    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>How many contexts were entered.</summary>
    public long Entries { get; init; }

    /// <summary>Running on a CPU; <c>null</c> where the platform has no CPU clock of a thread.</summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>
    /// How far <see cref="Cpu"/> may be off at most, one way or the other, and <see cref="Blocked"/> the other way: for the slices
    /// too short to read the thread's CPU clock, as far as it then told that not all of them ran. The steps of the clock itself
    /// are not in it (Windows: 16 ms). <c>null</c> where <see cref="Cpu"/> is.
    /// </summary>
    public TimeSpan? CpuError { get; init; }

    /// <summary>On a thread and able to run, but waiting for a CPU; <c>null</c> where unknown (Linux only).</summary>
    public TimeSpan? QueuedForCpu { get; init; }

    /// <summary>
    /// On a thread and not running: a lock, synchronous I/O, <c>.Result</c>, a garbage collection. Where
    /// <see cref="QueuedForCpu"/> is unknown, that time is in here, and so are waits for a CPU in slices that are too short for a look at
    /// it. <c>null</c> where <see cref="Cpu"/> is.
    /// </summary>
    public TimeSpan? Blocked { get; init; }

    /// <summary>The part of <see cref="Blocked"/> on thread-pool threads, which others may have needed.</summary>
    public TimeSpan? BlockedOnPool { get; init; }

    /// <summary>
    /// The part of <see cref="BlockedOnPool"/> that may have been waiting for a CPU instead: the run queue was not looked at, because the
    /// thread's cannot be read, or the slice was too short or waited too little for the detail at the time.
    /// </summary>
    public TimeSpan? UnsureOnPool { get; init; }

    /// <summary>
    /// Waiting for managed locks, as far as it was heard of; a part of <see cref="Blocked"/>. A running auditor listens to
    /// such waits for a part of the time only, so it compares services with each other. <c>null</c> where no wait was heard.
    /// </summary>
    public TimeSpan? LockWaitHeard { get; init; }

    /// <summary>On no thread: the flow awaited something. Overlapping work in one context counts once.</summary>
    public TimeSpan Awaiting { get; init; }

    /// <summary>Managed bytes allocated.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Exceptions thrown, caught or not.</summary>
    public long Exceptions { get; init; }

    /// <summary>
    /// Bytes read through read calls from files (page cache included) and pipes; .NET's sockets use other calls, which the
    /// kernel does not count. <c>null</c> where unknown (Linux only).
    /// </summary>
    public long? IoReadBytes { get; init; }

    /// <summary>Bytes written, as <see cref="IoReadBytes"/>.</summary>
    public long? IoWrittenBytes { get; init; }

    /// <summary>Read and write calls, as <see cref="IoReadBytes"/>.</summary>
    public long? IoOperations { get; init; }

    /// <summary>
    /// The same figures together with those of the services that were entered inside this one, directly or not, as often as
    /// they were; <see cref="Entries"/> are this service's. Inclusive figures of nested services must not be added up, and
    /// <see cref="Awaiting"/> of inner contexts side by side counts for each. <c>null</c> where no other service was entered
    /// inside: then these figures are the inclusive ones too.
    /// </summary>
    public ServiceUsage? Inclusive { get; init; }

    internal bool IsIdle => Entries == 0 && !(Cpu > TimeSpan.Zero) && !(Blocked > TimeSpan.Zero) && Awaiting <= TimeSpan.Zero;

    internal ServiceUsage Minus(ServiceUsage earlier) => this with
    {
        Entries = Math.Max(0, Entries - earlier.Entries),
        Cpu = Minus(Cpu, earlier.Cpu),
        CpuError = Minus(CpuError, earlier.CpuError),
        QueuedForCpu = Minus(QueuedForCpu, earlier.QueuedForCpu),
        Blocked = Minus(Blocked, earlier.Blocked),
        BlockedOnPool = Minus(BlockedOnPool, earlier.BlockedOnPool),
        UnsureOnPool = Minus(UnsureOnPool, earlier.UnsureOnPool),
        LockWaitHeard = Minus(LockWaitHeard, earlier.LockWaitHeard),
        Awaiting = Minus(Awaiting, earlier.Awaiting) ?? TimeSpan.Zero,
        Exceptions = Math.Max(0, Exceptions - earlier.Exceptions),
        AllocatedBytes = Math.Max(0, AllocatedBytes - earlier.AllocatedBytes),
        IoReadBytes = Minus(IoReadBytes, earlier.IoReadBytes),
        IoWrittenBytes = Minus(IoWrittenBytes, earlier.IoWrittenBytes),
        IoOperations = Minus(IoOperations, earlier.IoOperations),
        Inclusive = Inclusive?.Minus(earlier.Inclusive ?? earlier),
    };

    // A running slice is read without stopping its thread, so a figure may step back by a hair: never below nothing.
    private static TimeSpan? Minus(TimeSpan? now, TimeSpan? earlier) =>
        now is null ? null : TimeSpan.FromTicks(Math.Max(0, now.Value.Ticks - (earlier ?? TimeSpan.Zero).Ticks));

    private static long? Minus(long? now, long? earlier) => now is null ? null : Math.Max(0, now.Value - (earlier ?? 0));
}

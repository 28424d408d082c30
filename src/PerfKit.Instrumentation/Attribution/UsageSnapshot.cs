using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>What every service has consumed, up to one instant or between two. Immutable.</summary>
public sealed record UsageSnapshot
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Length of the window, by the monotonic clock; <c>null</c> when the figures count from the process's start.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>When it was taken, by the monotonic clock from any beginning; <c>null</c> of a snapshot that was not taken but made.</summary>
    internal TimeSpan? Clock { get; init; }

    /// <summary>One entry for each service that was ever entered, in order of first entry; a window leaves out idle ones.</summary>
    public IReadOnlyList<ServiceUsage> Services { get; init => field = value ?? []; } = [];

    /// <summary>Contexts charged to <c>(other)</c> since process start, because 1,024 names were taken.</summary>
    public long OverflowedEntries { get; init; }

    /// <summary>
    /// Contexts that count for no service around them since process start, because 3,072 ways of nesting services were taken; what
    /// they used is charged to their own service all the same.
    /// </summary>
    public long UnnestedEntries { get; init; }

    /// <summary>Read calls that attribution itself made; they are in the process's figures, and in no service's.</summary>
    public long OwnIoOperations { get; init; }

    /// <summary>Bytes of those calls.</summary>
    public long OwnIoBytes { get; init; }

    /// <summary>
    /// Waiting for managed locks that was heard of, in services and outside; the whole of what
    /// <see cref="ServiceUsage.LockWaitHeard"/> is a part of. <c>null</c> where none was.
    /// </summary>
    public TimeSpan? LockWaitHeard { get; init; }

    /// <summary>
    /// Reads the books, running slices included. Safe on any thread and while all others run; the figures of different
    /// threads are read one after another, so this is a sum, not one frozen instant.
    /// </summary>
    /// <param name="timeProvider">The clock for <see cref="TakenAt"/>; the system's when <c>null</c>.</param>
    /// <returns>Figures since process start.</returns>
    public static UsageSnapshot Take(TimeProvider? timeProvider = null)
    {
        int count = ServiceBook.Paths.Count;
        long heard = ServiceBook.LockWait;
        Charge[] charges = ThreadLedger.Read(count, out long ownReads, out long ownBytes);
        IReadOnlyList<ServiceUsage> services = ServiceSums.Of(count, charges, hasLockWaits: heard > 0);
        TimeProvider time = timeProvider ?? TimeProvider.System;
        return new UsageSnapshot
        {
            TakenAt = time.GetUtcNow(),
            Clock = time.GetElapsedTime(0),
            Services = services,
            OverflowedEntries = ServiceBook.Paths.Overflowed,
            UnnestedEntries = ServiceBook.Paths.Unnested,
            OwnIoOperations = ownReads,
            OwnIoBytes = ownBytes,
            LockWaitHeard = heard > 0 ? Span(heard) : null,
        };
    }

    /// <summary>What was consumed between an earlier snapshot and this one.</summary>
    /// <param name="earlier">A snapshot of the same process, taken before.</param>
    /// <returns>A snapshot whose <see cref="Window"/> is set; services that consumed nothing are left out.</returns>
    public UsageSnapshot Since(UsageSnapshot earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        TimeSpan passed = Clock - earlier.Clock ?? TakenAt - earlier.TakenAt; // the wall clock may have been set in between
        var before = earlier.Services.ToDictionary(usage => usage.Service, StringComparer.Ordinal);
        return this with
        {
            OwnIoOperations = Math.Max(0, OwnIoOperations - earlier.OwnIoOperations),
            OwnIoBytes = Math.Max(0, OwnIoBytes - earlier.OwnIoBytes),
            LockWaitHeard = LockWaitHeard > (earlier.LockWaitHeard ?? TimeSpan.Zero) ? LockWaitHeard - (earlier.LockWaitHeard ?? TimeSpan.Zero) : null,
            Window = passed > TimeSpan.Zero ? passed : TimeSpan.Zero,
            Services = Services
                .Select(usage => before.TryGetValue(usage.Service, out ServiceUsage? old) ? usage.Minus(old) : usage)
                .Where(usage => !usage.IsIdle || usage.Inclusive is { IsIdle: false })
                .ToArray(),
        };
    }

    /// <summary>The application's services alone: PerfKit is not what makes it slow, nor what its owner can change.</summary>
    internal UsageSnapshot OfApplication() => this with { Services = [.. Services.Where(usage => usage.Service != ServiceContext.OwnName)] };

    private static TimeSpan Span(long ticks) => Stopwatch.GetElapsedTime(0, Math.Max(0, ticks));
}

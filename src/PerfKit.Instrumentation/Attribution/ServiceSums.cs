using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>Adds up what was charged to paths: for the service at a path's end exclusively, for all services on it inclusively.</summary>
internal static class ServiceSums
{
    /// <summary>What each service used that was ever entered, in order of first entry.</summary>
    /// <param name="count">Paths.</param>
    /// <param name="charges">What was charged to each.</param>
    /// <param name="hasLockWaits">Waits for locks were heard of.</param>
    public static ServiceUsage[] Of(int count, Charge[] charges, bool hasLockWaits)
    {
        var sums = new Dictionary<string, (Sum Own, Sum All)>(StringComparer.Ordinal);
        for (int id = 0; id < count; id++)
        {
            ServicePath path = ServiceBook.Paths[id];
            bool isOwn = true;
            foreach (string service in path.Services)
            {
                if (!sums.TryGetValue(service, out (Sum Own, Sum All) sum))
                    sums[service] = sum = (new Sum(), new Sum());
                if (isOwn)
                    sum.Own.Add(charges[id], path);
                sum.All.Add(charges[id], path);
                isOwn = false;
            }
        }
        return [.. sums.Where(sum => sum.Value.Own.IsUsed).Select(sum => Usage(sum.Key, sum.Value.Own, hasLockWaits) with
        {
            Inclusive = sum.Value.All.Paths > sum.Value.Own.Paths
                ? Usage(sum.Key, sum.Value.All, hasLockWaits) with { Entries = sum.Value.Own.Charge.Entries } : null,
        })];
    }

    private static ServiceUsage Usage(string name, Sum sum, bool hasLockWaits)
    {
        Charge charge = sum.Charge;
        bool hasCpu = ThreadClock.IsAvailable;
        return new ServiceUsage
        {
            Service = name,
            Entries = charge.Entries,
            Cpu = hasCpu ? Span(charge.Cpu) : null,
            CpuError = hasCpu ? Span(charge.CpuError) : null,
            QueuedForCpu = ThreadLedger.HasQueued ? Span(charge.QueuedForCpu) : null,
            Blocked = hasCpu ? Span(charge.OnThread - charge.Cpu - charge.QueuedForCpu) : null,
            BlockedOnPool = hasCpu ? Span(charge.BlockedOnPool) : null,
            UnsureOnPool = hasCpu ? Span(charge.UnsureOnPool) : null,
            LockWaitHeard = hasLockWaits ? Span(sum.LockWait) : null,
            Awaiting = Span(charge.Awaiting),
            AllocatedBytes = charge.AllocatedBytes,
            Exceptions = sum.Exceptions,
            IoReadBytes = ThreadLedger.HasIo ? charge.IoReadBytes : null,
            IoWrittenBytes = ThreadLedger.HasIo ? charge.IoWrittenBytes : null,
            IoOperations = ThreadLedger.HasIo ? charge.IoOperations : null,
        };
    }

    private static TimeSpan Span(long ticks) => Stopwatch.GetElapsedTime(0, Math.Max(0, ticks));

    private sealed class Sum
    {
        public Charge Charge { get; } = new();

        public long Exceptions { get; private set; }

        public long LockWait { get; private set; }

        /// <summary>Paths on which something was used.</summary>
        public int Paths { get; private set; }

        public bool IsUsed => Charge.Entries > 0 || Charge.OnThread > 0;

        public void Add(Charge charge, ServicePath path)
        {
            Charge.Add(charge);
            Exceptions += path.Exceptions;
            LockWait += path.LockWait;
            if (charge.Entries > 0 || charge.OnThread > 0)
                Paths++;
        }
    }
}

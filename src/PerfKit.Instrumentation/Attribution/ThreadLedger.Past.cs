using System.Diagnostics;

namespace PerfKit.Instrumentation;

// Which service a thread ran a moment ago, for what the runtime tells of it some milliseconds late.
internal sealed partial class ThreadLedger
{
    private const int KeptSlices = 16; // of 200 µs and more: what is told is forgotten after 3 ms at the earliest, and mostly much later

    private static readonly long KeptSlice = AttributionDetail.Microseconds(200);

    private PastSlice[] _past = new PastSlice[KeptSlices];
    private int _pastCount;

    /// <summary>Charges a wait for a managed lock to the service that waited; to none where that is no longer known.</summary>
    /// <param name="threadId">The operating system's id of the thread.</param>
    /// <param name="ago">How long ago the wait ended.</param>
    /// <param name="waited">How long it was.</param>
    public static void ChargeLockWait(long threadId, TimeSpan ago, TimeSpan waited)
    {
        // The middle of the wait lies inside its slice even where two clocks differ by a little.
        long at = Stopwatch.GetTimestamp() - RuntimeReading.FromTimeSpan(ago) - (RuntimeReading.FromTimeSpan(waited) / 2);
        ServiceBook.ChargeLockWait(Of(threadId)?.PathAt(at) ?? -1, RuntimeReading.FromTimeSpan(waited));
    }

    private static ThreadLedger? Of(long threadId)
    {
        lock (Registration)
        {
            // Ids of ended threads are given again: the newest ledger is the living one.
            for (int i = Ledgers.Count - 1; i >= 0; i--)
            {
                if (Ledgers[i]._threadId == threadId)
                    return Ledgers[i];
            }
        }
        return null;
    }

    // By the thread itself, while its version is odd.
    private void KeepSlice(long until)
    {
        FitPast();
        _past[_pastCount++ & (_past.Length - 1)] = new PastSlice(PathId, _since, until);
    }

    private int PathAt(long at)
    {
        for (int attempt = 0; attempt < 4; attempt++)
        {
            int version = SettledVersion();
            if ((version & 1) != 0)
                break;
            int path = -1;
            if (_since <= at)
            {
                path = PathId;
            }
            else
            {
                foreach (PastSlice slice in _past)
                {
                    if (slice.Since <= at && at < slice.Until)
                        path = slice.PathId;
                }
            }
            Volatile.ReadBarrier();
            if (Volatile.Read(ref _version) == version)
                return path;
        }
        return -1;
    }

    private readonly record struct PastSlice(int PathId, long Since, long Until);
}

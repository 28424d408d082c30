using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Charges the pauses of garbage collections to the services, by their shares of the bytes allocated in the same step. What a thread
/// allocates in a slice that still runs cannot be read: it counts as unattributed, and for its service in the step in which it ends.
/// </summary>
internal sealed class AllocatorPauses
{
    private readonly Action<WaitCharge> _charge;
    private readonly long[] _before = new long[ServiceBook.MaxPaths];
    private readonly long[] _now = new long[ServiceBook.MaxPaths];
    private TimeSpan _pause;
    private int _collections;
    private long _all;

    public AllocatorPauses(Action<WaitCharge> charge)
    {
        _charge = charge;
        ThreadLedger.ReadAllocated(_before);
        (_pause, _collections, _all) = Totals();
    }

    public void Step()
    {
        (TimeSpan pause, int collections, long all) = Totals();
        ThreadLedger.ReadAllocated(_now);
        Divide(RuntimeReading.FromTimeSpan(pause - _pause), collections - _collections, all - _all, _before, _now, _charge);
        (_pause, _collections, _all) = (pause, collections, all);
        _now.CopyTo(_before, 0);
    }

    internal static void Divide(long pause, int collections, long allocated, ReadOnlySpan<long> before, ReadOnlySpan<long> now, Action<WaitCharge> charge)
    {
        long known = 0;
        for (int service = 0; service < now.Length; service++)
            known += Math.Max(0, now[service] - before[service]);
        double all = Math.Max(allocated, known); // of all threads, and some of it from before the step
        if (pause <= 0 || all <= 0)
            return;
        for (int service = 0; service < now.Length; service++)
            Charge(service, now[service] - before[service]);
        Charge(WaitParty.Unattributed, all - known);

        void Charge(int culprit, double bytes)
        {
            if (bytes > 0)
                charge(new WaitCharge(WaitKind.GarbageCollection, WaitParty.AllServices, culprit, (long)(pause * (bytes / all)), collections, null));
        }
    }

    private static (TimeSpan Pause, int Collections, long Allocated) Totals() =>
        (GC.GetTotalPauseDuration(), GC.CollectionCount(0), GC.GetTotalAllocatedBytes(precise: false));
}

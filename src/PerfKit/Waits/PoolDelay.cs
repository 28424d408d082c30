using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Charges the time that queued work waits for a pool thread to the services that hold those threads: an item that does nothing is queued at each
/// step, unless the last one still waits. A delay shorter than a step is not looked at. One thread steps; the pool tells only that it began.
/// </summary>
internal sealed class PoolDelay(Action<IThreadPoolWorkItem> queue, Action<WaitCharge> charge) : IThreadPoolWorkItem
{
    private const long Never = -1;

    private readonly int[] _held = new int[ServiceBook.MaxPaths];
    private long _queuedAt = Never;
    private long _countedTo;
    private long _startedAt = Never; // written by the pool
    private int _steps;              // of the delay that goes on

    public PoolDelay(Action<WaitCharge> charge)
        : this(static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false), charge)
    {
    }

    public void Execute() => Volatile.Write(ref _startedAt, Stopwatch.GetTimestamp());

    public void Step(long now)
    {
        long started = Volatile.Read(ref _startedAt);
        if (_queuedAt != Never && (started == Never || _steps > 0))
        {
            if (started == Never)
                ThreadLedger.CountPoolThreads(_held); // while work waits, no thread of the pool is idle
            long until = started == Never ? now : Math.Max(started, _countedTo);
            Divide(until - _countedTo, until - _queuedAt, isNew: _steps++ == 0);
            _countedTo = until;
        }
        if (_queuedAt != Never && started == Never)
            return;
        _steps = 0;
        Volatile.Write(ref _startedAt, Never);
        _queuedAt = _countedTo = now;
        queue(this);
    }

    private void Divide(long ticks, long delay, bool isNew)
    {
        int held = 0;
        foreach (int threads in _held)
            held += threads;
        int all = Math.Max(ThreadPool.ThreadCount, held);
        if (all == 0 || ticks <= 0)
            return;
        for (int service = 0; service < _held.Length; service++)
            Charge(service, _held[service]);
        Charge(WaitParty.Unattributed, all - held);

        void Charge(int culprit, int threads)
        {
            if (threads > 0)
                charge(new WaitCharge(WaitKind.ThreadPool, WaitParty.QueuedWork, culprit, ticks * threads / all, isNew ? 1 : 0, delay * threads / all));
        }
    }
}

using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>A service context as flows carry it: the node of the flow that began with it, and how busy it is.</summary>
internal sealed class ContextFlow : Flow
{
    // How many threads and inner contexts are busy in this context, in steps of 2, and whether it has ended: one word, so that a
    // context that one thread enters and leaves changes it once. The time in which none is busy is awaiting.
    private const int Ended = 1;
    private const int OneBusy = 2;

    private int _state;
    private long _idleSince;

    private ContextFlow(ServicePath path, Flow? outer)
        : base(outer)
    {
        Path = path;
        Context = this;
    }

    public ServicePath Path { get; }

    public bool IsEnded => (Volatile.Read(ref _state) & Ended) != 0;

    /// <summary>The current flow goes on in a context of a service.</summary>
    public static ContextFlow Enter(string service)
    {
        ThreadLedger? ledger = ThreadLedger.OfThread();
        return ledger is null ? EnterUncharged(service) : Enter(ledger, service);
    }

    /// <summary>Ends the context; a second call only leaves it where the calling flow is still in it.</summary>
    public void End()
    {
        ThreadLedger? ledger = ThreadLedger.OfThread();
        bool isStraight = ReferenceEquals(ledger?.Flow, this) && IsInOpen;
        int change = isStraight ? Ended - OneBusy : Ended, state = Volatile.Read(ref _state), seen;
        do
        {
            seen = state;
            if ((seen & Ended) != 0)
            {
                // Ended already, but not here: it was disposed in a flow that forked from this one.
                if (ReferenceEquals(Current, this))
                    Pop();
                return;
            }
            state = Interlocked.CompareExchange(ref _state, seen + change, seen);
        }
        while (state != seen);
        if (isStraight)
        {
            // The way of nearly every context: its thread keeps the outer one busy from now on.
            ledger!.HandTo(Outer);
            Set(Outer);
            return;
        }
        Pop();
        long now = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref _state) == Ended)
            ledger?.ChargeAwaiting(Path, now - Volatile.Read(ref _idleSince));
        Outer?.Context?.Pause(now);
    }

    private static ContextFlow Enter(ThreadLedger ledger, string service)
    {
        Flow? outer = Live(ledger.Flow);
        var context = new ContextFlow(ledger.PathOf(outer?.Context?.Path, service), outer);
        if (ReferenceEquals(ledger.Flow, outer))
        {
            // The thread goes from the outer context into this one, which keeps the outer one busy in its stead.
            context._state = OneBusy;
            ledger.HandTo(context);
            Set(context);
        }
        else
        {
            long now = context._idleSince = Stopwatch.GetTimestamp();
            if (outer?.Context?.Resume(now) is > 0 and long awaited)
                ledger.ChargeAwaiting(outer.Context.Path, awaited);
            Enter(context);
        }
        ledger.CountEntry();
        return context;
    }

    // There was no memory for the thread's ledger: nothing is charged, and the flow knows its service all the same.
    private static ContextFlow EnterUncharged(string service)
    {
        Flow? outer = CurrentLive;
        var context = new ContextFlow(ServiceBook.Paths.Of(outer?.Context?.Path, service), outer) { _idleSince = Stopwatch.GetTimestamp() };
        outer?.Context?.Resume(context._idleSince);
        Enter(context);
        return context;
    }

    /// <summary>A thread, or an inner context, becomes busy in this context.</summary>
    /// <returns>How long none was.</returns>
    public long Resume(long now) =>
        // Whoever was busy last wrote the time before it stepped off, so the first to step on reads it.
        Interlocked.Add(ref _state, OneBusy) == OneBusy ? now - Volatile.Read(ref _idleSince) : 0;

    /// <summary>A thread, or an inner context, is no longer busy in this context.</summary>
    public void Pause(long now)
    {
        Volatile.Write(ref _idleSince, now);
        Interlocked.Add(ref _state, -OneBusy);
    }
}

using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// Charges what the enclosed code consumes to a service, as a <c>using</c> block: CPU, blocked and awaiting time, allocated
/// bytes and I/O, across <c>await</c>, <c>Task.Run</c>, timers and wherever else the execution context flows.
/// </summary>
/// <remarks>
/// <para>Contexts nest: the innermost one is charged, and the services around it count it as <see cref="ServiceUsage.Inclusive"/>.
/// Work that was started inside a context and goes on after its end is still charged to the service. Where a flow is suppressed (<see cref="ExecutionContext.SuppressFlow"/>, or
/// <c>UnsafeQueueUserWorkItem</c>), nothing is charged; it shows as unattributed. <c>ConfigureAwait(false)</c> changes
/// nothing.</para>
/// <para>A context costs one object and two context switches; enter one a request or a work item, not one a call.
/// All members are thread-safe and none throws. At most 1,024 names are kept; further ones are charged to <c>(other)</c>. Of
/// ways to nest them 3,072 are told apart; what is entered on further ones counts for no service around it.</para>
/// </remarks>
/// <example>
/// <code>
/// using (ServiceContext.Enter("orders"))
///     await HandleAsync(order);
/// </code>
/// </example>
public sealed class ServiceContext : IDisposable
{
    /// <summary>The service in whose name PerfKit charges what it uses itself.</summary>
    public const string OwnName = "PerfKit";

    // How many threads and inner contexts are busy in this context, in steps of 2, and whether it has ended: one word, so that a
    // context that one thread enters and leaves changes it once. The time in which none is busy is awaiting.
    private const int Ended = 1;
    private const int OneBusy = 2;

    private readonly ServiceContext? _outer;
    private readonly Flow _flow;
    private int _state;
    private long _idleSince;

    private ServiceContext(ServicePath path, Flow? flow)
    {
        Path = path;
        _outer = flow?.Service;
        _flow = Flow.Of(flow, this);
    }

    /// <summary>Name of the service that the current flow is charged to; <c>null</c> outside every context.</summary>
    public static string? Current => Flow.Current?.Service?.Service;

    /// <summary>Name of the service that this context charges.</summary>
    public string Service => Path.Service;

    internal ServicePath Path { get; }

    internal bool IsEnded => (Volatile.Read(ref _state) & Ended) != 0;

    /// <summary>Begins to charge the current flow to a service.</summary>
    /// <param name="service">The service's name; a missing name is charged to <c>(unnamed)</c>.</param>
    /// <returns>The context; dispose it where the service's work ends.</returns>
    public static ServiceContext Enter(string service)
    {
        ThreadLedger? ledger = ThreadLedger.OfThread();
        return ledger is null ? EnterUncharged(service) : Enter(ledger, service);
    }

    /// <summary>Ends the context; the flow is charged to the enclosing one again. A second call is ignored.</summary>
    public void Dispose()
    {
        ThreadLedger? ledger = ThreadLedger.OfThread();
        bool isStraight = ReferenceEquals(ledger?.Flow, _flow) && _flow.IsInOpen;
        int change = isStraight ? Ended - OneBusy : Ended, state = Volatile.Read(ref _state), seen;
        do
        {
            seen = state;
            if ((seen & Ended) != 0)
                return;
            state = Interlocked.CompareExchange(ref _state, seen + change, seen);
        }
        while (state != seen);
        if (isStraight)
        {
            // The way of nearly every context: its thread keeps the outer one busy from now on.
            ledger!.HandTo(_flow.Outer);
            Flow.Set(_flow.Outer);
            return;
        }
        _flow.Pop();
        long now = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref _state) == Ended)
            ledger?.ChargeAwaiting(Path, now - Volatile.Read(ref _idleSince));
        _outer?.Pause(now);
    }

    private static ServiceContext Enter(ThreadLedger ledger, string service)
    {
        Flow? flow = Flow.Live(ledger.Flow);
        ServiceContext? outer = flow?.Service;
        var context = new ServiceContext(ledger.PathOf(outer?.Path, service), flow);
        if (ReferenceEquals(ledger.Flow, flow))
        {
            // The thread goes from the outer context into this one, which keeps the outer one busy in its stead.
            context._state = OneBusy;
            ledger.HandTo(context._flow);
            Flow.Set(context._flow);
        }
        else
        {
            long now = context._idleSince = Stopwatch.GetTimestamp();
            if (outer?.Resume(now) is > 0 and long awaited)
                ledger.ChargeAwaiting(outer.Path, awaited);
            Flow.Enter(context._flow);
        }
        ledger.CountEntry();
        return context;
    }

    // There was no memory for the thread's ledger: nothing is charged, and the flow knows its service all the same.
    private static ServiceContext EnterUncharged(string service)
    {
        Flow? flow = Flow.CurrentLive;
        var context = new ServiceContext(ServiceBook.Paths.Of(flow?.Service?.Path, service), flow) { _idleSince = Stopwatch.GetTimestamp() };
        context._outer?.Resume(context._idleSince);
        Flow.Enter(context._flow);
        return context;
    }

    /// <summary>A thread, or an inner context, becomes busy in this context.</summary>
    /// <returns>How long none was.</returns>
    internal long Resume(long now) =>
        // Whoever was busy last wrote the time before it stepped off, so the first to step on reads it.
        Interlocked.Add(ref _state, OneBusy) == OneBusy ? now - Volatile.Read(ref _idleSince) : 0;

    /// <summary>A thread, or an inner context, is no longer busy in this context.</summary>
    internal void Pause(long now)
    {
        Volatile.Write(ref _idleSince, now);
        Interlocked.Add(ref _state, -OneBusy);
    }
}

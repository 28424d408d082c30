using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// Charges what the enclosed code consumes to a service, as a <c>using</c> block: CPU, blocked and awaiting time, allocated
/// bytes and I/O, across <c>await</c>, <c>Task.Run</c>, timers and wherever else the execution context flows.
/// </summary>
/// <remarks>
/// <para>Contexts nest: the innermost one is charged. Work that was started inside a context and goes on after its end is
/// still charged to the service. Where a flow is suppressed (<see cref="ExecutionContext.SuppressFlow"/>, or
/// <c>UnsafeQueueUserWorkItem</c>), nothing is charged; it shows as unattributed. <c>ConfigureAwait(false)</c> changes
/// nothing.</para>
/// <para>A context costs one object and two context switches; enter one a request or a work item, not one a call.
/// All members are thread-safe and none throws. At most 1,024 names are kept; further ones are charged to
/// <c>(other)</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// using (ServiceContext.Enter("orders"))
///     await HandleAsync(order);
/// </code>
/// </example>
public sealed class ServiceContext : IDisposable
{
    private readonly Flow _flow;
    private readonly ServiceContext? _outer;
    private int _isEnded;

    // How many threads and inner contexts are busy in this context; the time at zero is awaiting.
    private int _busy;
    private long _idleSince;

    private ServiceContext(int serviceId)
    {
        ServiceId = serviceId;
        _outer = Flow.CurrentLive?.Service;
        _idleSince = Stopwatch.GetTimestamp();
        // The inner context keeps the outer one busy, so that its own awaiting is not charged twice.
        _outer?.Resume(_idleSince);
        ServiceBook.CountEntry(serviceId);
        _flow = Flow.Push(this);
    }

    /// <summary>Name of the service that the current flow is charged to; <c>null</c> outside every context.</summary>
    public static string? Current => Flow.Current?.Service is { } context ? ServiceBook.NameOf(context.ServiceId) : null;

    /// <summary>Name of the service that this context charges.</summary>
    public string Service => ServiceBook.NameOf(ServiceId);

    internal int ServiceId { get; }

    internal bool IsEnded => Volatile.Read(ref _isEnded) != 0;

    /// <summary>Begins to charge the current flow to a service.</summary>
    /// <param name="service">The service's name; a missing name is charged to <c>(unnamed)</c>.</param>
    /// <returns>The context; dispose it where the service's work ends.</returns>
    public static ServiceContext Enter(string service) => new(ServiceBook.IdOf(service));

    /// <summary>Ends the context; the flow is charged to the enclosing one again. A second call is ignored.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _flow.Pop();
        long now = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref _busy) == 0)
            ServiceBook.ChargeAwaiting(ServiceId, now - Volatile.Read(ref _idleSince));
        _outer?.Pause(now);
    }

    /// <summary>A thread, or an inner context, becomes busy in this context.</summary>
    internal void Resume(long now)
    {
        // Whoever was busy last wrote the time before it stepped off, so the first to step on reads it.
        if (Interlocked.Increment(ref _busy) == 1 && !IsEnded)
            ServiceBook.ChargeAwaiting(ServiceId, now - Volatile.Read(ref _idleSince));
    }

    /// <summary>A thread, or an inner context, is no longer busy in this context.</summary>
    internal void Pause(long now)
    {
        Volatile.Write(ref _idleSince, now);
        Interlocked.Decrement(ref _busy);
    }
}

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
/// <para>A context costs two context switches and an object of its own in the flow; enter one a request or a work item, not one a call.
/// All members are thread-safe and none throws; the default value is a context that has ended. At most 1,024 names are kept; further ones are charged to <c>(other)</c>. Of
/// ways to nest them 3,072 are told apart; what is entered on further ones counts for no service around it.</para>
/// </remarks>
/// <example>
/// <code>
/// using (ServiceContext.Enter("orders"))
///     await HandleAsync(order);
/// </code>
/// </example>
public readonly record struct ServiceContext : IDisposable
{
    /// <summary>The service in whose name PerfKit charges what it uses itself.</summary>
    public const string OwnName = "PerfKit";

    /// <summary>Enters the same service, for what it does because somebody asks for it.</summary>
    internal const string OnDemandName = "PerfKit (on demand)";

    private ServiceContext(ContextFlow flow) => Node = flow;

    /// <summary>Name of the service that the current flow is charged to; <c>null</c> outside every context.</summary>
    public static string? Current => Flow.Current?.Context?.Path.Service;

    /// <summary>Name of the service that this context charges; empty for the default value.</summary>
    public string Service => Node?.Path.Service ?? "";

    internal ContextFlow? Node { get; }

    /// <summary>Begins to charge the current flow to a service.</summary>
    /// <param name="service">The service's name; a missing name is charged to <c>(unnamed)</c>.</param>
    /// <returns>The context; dispose it where the service's work ends.</returns>
    public static ServiceContext Enter(string service) => new(ContextFlow.Enter(service));

    /// <summary>Ends the context; the flow is charged to the enclosing one again. A second call, of a copy too, only takes a flow out of it that is still in it.</summary>
    public void Dispose() => Node?.End();
}

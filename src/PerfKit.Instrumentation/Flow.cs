namespace PerfKit.Instrumentation;

/// <summary>
/// What PerfKit knows about the current flow of execution: its innermost start-up scope and service context.
/// Immutable; a block that begins pushes a node, and the block's end restores the nearest node that is still open.
/// </summary>
internal sealed class Flow
{
    // The only AsyncLocal of PerfKit: each further one makes every set in the host's flows dearer.
    private static readonly AsyncLocal<Flow?> Local = new(static change =>
        ThreadLedger.Switch(change.PreviousValue?.Service, change.CurrentValue?.Service));

    private readonly Flow? _outer;

    private Flow(Flow? outer, StartupScope? scope, ServiceContext? service)
    {
        _outer = outer;
        Scope = scope;
        Service = service;
    }

    public static Flow? Current => Local.Value;

    public StartupScope? Scope { get; }

    public ServiceContext? Service { get; }

    public static Flow Push(StartupScope scope)
    {
        Flow? outer = Local.Value;
        return Local.Value = new Flow(outer, scope, outer?.Service);
    }

    public static Flow Push(ServiceContext service)
    {
        Flow? outer = Local.Value;
        return Local.Value = new Flow(outer, outer?.Scope, service);
    }

    /// <summary>
    /// Takes a finished block's node off the current flow, and with it every finished node below. Where the block ends
    /// in another flow than it began, or before an inner block, nothing changes: the inner one will climb past it.
    /// </summary>
    public void Pop()
    {
        if (Local.Value != this)
            return;
        Flow? node = _outer;
        while (node is not null && node.IsFinished)
            node = node._outer;
        Local.Value = node;
    }

    // A node stands for the block that pushed it: the one in which it differs from its outer node.
    private bool IsFinished => Scope != _outer?.Scope ? Scope!.IsEnded : Service!.IsEnded;
}

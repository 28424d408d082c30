namespace PerfKit.Instrumentation;

/// <summary>
/// What PerfKit knows about the current flow of execution: its innermost start-up scope and service context.
/// Immutable; a block that begins pushes a node, and the block's end restores the nearest node that is still open.
/// </summary>
internal sealed class Flow
{
    // The only AsyncLocal of PerfKit: each further one makes every set in the host's flows dearer.
    private static readonly AsyncLocal<Flow?> Local = new(static change =>
        ThreadLedger.Switch(change.PreviousValue, change.CurrentValue));

    private readonly Flow? _outer;
    private readonly bool _isBlock;
    private readonly StartupEntry? _previous;

    private Flow(Flow? outer, StartupScope? scope, ServiceContext? service, bool isBlock, StartupEntry? previous)
    {
        _outer = outer;
        Scope = scope;
        Service = service;
        _isBlock = isBlock;
        _previous = previous;
    }

    public static Flow? Current => Local.Value;

    /// <summary>The current flow without the blocks on top of it that ended elsewhere: what a new block stands in.</summary>
    public static Flow? CurrentLive => Live(Local.Value);

    public StartupScope? Scope { get; }

    public ServiceContext? Service { get; }

    /// <summary>
    /// The start-up scope that ended last in this flow, directly inside <see cref="Scope"/>. A flow that forks takes it
    /// along, so what the fork begins is known to come after it.
    /// </summary>
    public StartupEntry? Previous => _previous;

    public static Flow Push(StartupScope scope)
    {
        Flow? outer = Live(Local.Value);
        return Local.Value = new Flow(outer, scope, outer?.Service, isBlock: true, previous: null);
    }

    public static Flow Push(ServiceContext service)
    {
        Flow? outer = Live(Local.Value);
        return Local.Value = new Flow(outer, outer?.Scope, service, isBlock: true, outer?._previous);
    }

    /// <summary>
    /// Takes a finished block's node off the current flow, and with it every finished node below. Where the block ends
    /// in another flow than it began, or before an inner block, nothing changes: the inner one will climb past it.
    /// </summary>
    public void Pop()
    {
        Flow? current = Local.Value;
        if (current != this && (current is null || current._isBlock || current._outer != this))
            return;
        if (current == this && !IsScope && _outer is not { IsFinishedBlock: true })
        {
            Local.Value = _outer; // the way of every service context: nothing to remember, nothing to allocate
            return;
        }
        StartupEntry? previous = IsScope ? Scope!.Entry : current._previous;
        Flow? open = _outer;
        while (open is not null && (!open._isBlock || open.IsFinishedBlock))
            open = open._outer;
        Local.Value = previous is null ? open : new Flow(open, open?.Scope, open?.Service, isBlock: false, previous);
    }

    // Blocks that ended in other flows must not pile up below new ones.
    private static Flow? Live(Flow? node)
    {
        for (Flow? next = node; next is not null; next = next._outer)
        {
            if (next.IsFinishedBlock)
                node = next._outer;
            else if (next._isBlock)
                break;
        }
        return node;
    }

    // A block's node stands for the scope or the context in which it differs from its outer node; any other node only
    // remembers what came before, and is replaced with the next.
    private bool IsScope => Scope != _outer?.Scope;

    private bool IsFinishedBlock => _isBlock && (IsScope ? Scope!.IsEnded : Service!.IsEnded);
}

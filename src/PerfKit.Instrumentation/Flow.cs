namespace PerfKit.Instrumentation;

/// <summary>
/// What PerfKit knows about the current flow of execution: its innermost start-up scope, service context and span.
/// Immutable; a block that begins pushes a node, and the block's end restores the nearest node that is still open.
/// </summary>
internal class Flow
{
    // The only AsyncLocal of PerfKit: each further one makes every set in the host's flows dearer.
    // What a block itself sets, it books itself; the handler hears of flows that move onto a thread or off it.
    private static readonly AsyncLocal<Flow?> Local = new(static change =>
    {
        if (change.ThreadContextChanged)
            ThreadLedger.Switch(change.CurrentValue);
    });

    private readonly Flow? _outer;
    private readonly bool _isBlock;
    private readonly StartupEntry? _previous;

    private Flow(Flow? outer, StartupScope? scope, ContextFlow? context, SpanCharge? span, bool isBlock, StartupEntry? previous)
    {
        _outer = outer;
        Scope = scope;
        Context = context;
        Span = span;
        _isBlock = isBlock;
        _previous = previous;
    }

    /// <summary>The node of a context that begins in a flow, and that is its own context; the flow is live.</summary>
    private protected Flow(Flow? outer)
    {
        _isBlock = true;
        if (outer is null)
            return;
        _outer = outer;
        Scope = outer.Scope;
        Span = outer.Span;
        _previous = outer._previous;
    }

    public static Flow? Current => Local.Value;

    /// <summary>The current flow without the blocks on top of it that ended elsewhere: what a new block stands in.</summary>
    public static Flow? CurrentLive => Live(Local.Value);

    public StartupScope? Scope { get; }

    public ContextFlow? Context { get; private protected init; }

    public SpanCharge? Span { get; }

    /// <summary>
    /// The start-up scope that ended last in this flow, directly inside <see cref="Scope"/>. A flow that forks takes it
    /// along, so what the fork begins is known to come after it.
    /// </summary>
    public StartupEntry? Previous => _previous;

    public static Flow Push(StartupScope scope)
    {
        Flow? outer = CurrentLive;
        var flow = new Flow(outer, scope, outer?.Context, outer?.Span, isBlock: true, previous: null);
        Enter(flow);
        return flow;
    }

    public static Flow Push(SpanCharge span)
    {
        Flow? outer = CurrentLive;
        var flow = new Flow(outer, outer?.Scope, outer?.Context, span, isBlock: true, outer?._previous);
        Enter(flow);
        return flow;
    }

    /// <summary>What this block stands in.</summary>
    public Flow? Outer => _outer;

    /// <summary>What this block stands in is no block that has ended.</summary>
    public bool IsInOpen => _outer is not { IsFinishedBlock: true };

    /// <summary>The calling thread goes on in a flow, and is booked there.</summary>
    public static void Enter(Flow? flow)
    {
        Local.Value = flow;
        ThreadLedger.Switch(flow);
    }

    /// <summary>The calling thread goes on in a flow, where it is booked already.</summary>
    public static void Set(Flow? flow) => Local.Value = flow;

    /// <summary>
    /// Takes a finished block's node off the current flow, and with it every finished node below. Where the block ends
    /// in another flow than it began, or before an inner block, nothing changes: the inner one will climb past it.
    /// </summary>
    public void Pop()
    {
        Flow? current = Local.Value;
        if (current != this && (current is null || current._isBlock || current._outer != this))
            return;
        if (current == this && !IsScope && IsInOpen)
        {
            Enter(_outer);
            return;
        }
        StartupEntry? previous = IsScope ? Scope!.Entry : current._previous;
        Flow? open = _outer;
        while (open is not null && (!open._isBlock || open.IsFinishedBlock))
            open = open._outer;
        Enter(previous is null ? open : new Flow(open, open?.Scope, open?.Context, open?.Span, isBlock: false, previous));
    }

    /// <summary>A flow without the blocks on top of it that have ended, which must not pile up below new ones.</summary>
    public static Flow? Live(Flow? node)
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

    // A block's node stands for the scope, the context or the span in which it differs from its outer node; any other node only
    // remembers what came before, and is replaced with the next.
    private bool IsScope => Scope != _outer?.Scope;

    private bool IsFinishedBlock => _isBlock && (IsScope ? Scope!.IsEnded : Context != _outer?.Context ? Context!.IsEnded : Span!.IsEnded);
}

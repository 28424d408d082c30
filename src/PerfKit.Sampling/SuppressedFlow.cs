namespace PerfKit.Sampling;

/// <summary>
/// A block in which threads and timers are begun without the caller's execution context: they outlive the call, and its async locals
/// are none of their business.
/// </summary>
internal readonly ref struct SuppressedFlow
{
    private readonly AsyncFlowControl? _flow;

    private SuppressedFlow(AsyncFlowControl? flow) => _flow = flow;

    /// <summary>Begins the block, which ends on the same thread; one inside another, or where the caller suppresses the flow, changes nothing.</summary>
    public static SuppressedFlow Begin() => new(ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow());

    /// <summary>Ends the block.</summary>
    public void Dispose() => _flow?.Undo();
}

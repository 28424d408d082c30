using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>One operation that <see cref="OperationMeter.Measure"/> began; it ends when the scope is disposed.</summary>
/// <remarks>
/// <para>A plain value that may live across <c>await</c> and end on another thread than it began: it is counted where it ends.
/// One scope is for one operation and is not used by two threads at once. A second <see cref="Dispose"/> of the same variable is
/// ignored; a copy of a scope would be counted again, so hold it in one <c>using</c> variable.</para>
/// <para>A <c>using</c> block cannot see the exception that leaves it: mark a failure with <see cref="Fail"/>.</para>
/// </remarks>
public struct OperationScope : IDisposable
{
    internal const long NotTimed = -1;

    private OperationCells? _cells; // null of a meter that is off, and after the end
    private readonly long _startedAt;
    private readonly OperationCell? _origin; // of the thread that began, where allocation is measured
    private readonly long _allocatedBefore;
    private bool _hasFailed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal OperationScope(OperationCells? cells, long startedAt, OperationCell? origin, long allocatedBefore)
    {
        _cells = cells;
        _startedAt = startedAt;
        _origin = origin;
        _allocatedBefore = allocatedBefore;
    }

    /// <summary>Marks the operation as failed. It does not end it; a second call changes nothing.</summary>
    public void Fail() => _hasFailed = true;

    /// <summary>Ends the operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (_cells is not { } cells)
            return;
        _cells = null;
        if (_startedAt != NotTimed)
            cells.End(_startedAt, _hasFailed, _origin, _allocatedBefore);
        else if (_hasFailed)
            cells.CountFailed();
    }
}

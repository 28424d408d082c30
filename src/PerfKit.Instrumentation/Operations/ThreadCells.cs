using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>The calling thread's counters, by the id of their meter.</summary>
internal static class ThreadCells
{
    [ThreadStatic]
    private static OperationCell?[]? _cells;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OperationCell? Find(int id)
    {
        OperationCell?[]? cells = _cells;
        return cells is not null && (uint)id < (uint)cells.Length ? cells[id] : null;
    }

    public static void Set(int id, OperationCell cell)
    {
        OperationCell?[] cells = _cells ?? new OperationCell?[Math.Max(8, id + 1)];
        if (id >= cells.Length)
            Array.Resize(ref cells, Math.Max(id + 1, cells.Length * 2));
        cells[id] = cell;
        _cells = cells;
    }
}

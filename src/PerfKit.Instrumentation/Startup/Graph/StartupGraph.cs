namespace PerfKit.Instrumentation;

/// <summary>
/// Start-up as a network of events: each record has a beginning and an end, and an edge says that one event could not be
/// before another plus some work between them. This is the activity network of the critical path method (Kelley and
/// Walker, 1959), read off a trace as CRISP does (Zhang et al., USENIX ATC 2022).
/// </summary>
/// <remarks>
/// What a record came after: its declared dependencies that had ended, the scope before it in its flow, and whatever else
/// the flow waited for since then: flows that ended, and services that the parent needed, unless a declared dependency
/// explains the beginning. A record that came after nothing began with its parent. A parent ends after the children and
/// dependencies that ended before it. Work between two events belongs to the record whose own time it is.
/// </remarks>
internal sealed class StartupGraph
{
    /// <summary>The owner of work that no scope covers.</summary>
    public const int Root = -1;

    private readonly StartupRecord[] _records;
    private readonly TimeSpan[] _ends;
    private readonly List<Edge>[] _into;
    private readonly int[] _order;

    public StartupGraph(StartupSnapshot snapshot)
    {
        Total = snapshot.Total;
        // Records are in order of beginning, so those after ready, if any, are the last.
        _records = snapshot.Records.Where(record => !record.IsAfterReady).ToArray();
        _ends = Ends(snapshot);
        _into = new List<Edge>[(_records.Length * 2) + 2];
        for (int i = 0; i < _into.Length; i++)
            _into[i] = [];
        new StartupEdges(_records, _ends, Total, AddEdge).AddAll();
        _order = TopologicalOrder();
    }

    public TimeSpan Total { get; }

    public IReadOnlyList<StartupRecord> Records => _records;

    public IReadOnlyList<int> Order => _order;

    public int RootBegin => _records.Length * 2;

    public int RootEnd => RootBegin + 1;

    /// <summary>What an event could not be before; for the beginning of start-up, nothing.</summary>
    public IReadOnlyList<Edge> Into(int happening) => _into[happening];

    /// <summary>When an event was.</summary>
    public TimeSpan TimeOf(int happening) => happening == RootBegin ? TimeSpan.Zero
        : happening == RootEnd ? Total
        : happening % 2 == 0 ? _records[happening / 2].StartedAt : _ends[happening / 2];

    // A record that was open at ready ends there for start-up, if ready was said inside it; otherwise nobody waited for it.
    private TimeSpan[] Ends(StartupSnapshot snapshot)
    {
        TimeSpan[] ends = _records.Select(record => record.StartedAt + record.Duration).ToArray();
        for (int? inside = snapshot.ReadyInsideId; inside is int id && id < ends.Length; inside = _records[id].ParentId)
            ends[id] = ends[id] > Total ? Total : ends[id];
        return ends;
    }

    private void AddEdge(int to, Edge edge) => _into[to].Add(edge);

    // Depth first with a stack of its own: scopes may nest deeper than the thread's stack allows.
    private int[] TopologicalOrder()
    {
        var order = new List<int>(_into.Length);
        var next = new int[_into.Length];
        var state = new byte[_into.Length]; // 0 new, 1 on the stack, 2 done
        var stack = new Stack<int>();
        for (int start = 0; start < _into.Length; start++)
        {
            if (state[start] != 0)
                continue;
            stack.Push(start);
            state[start] = 1;
            while (stack.TryPeek(out int happening))
            {
                if (next[happening] < _into[happening].Count)
                {
                    int from = _into[happening][next[happening]++].From;
                    if (state[from] == 0)
                    {
                        state[from] = 1;
                        stack.Push(from);
                    }
                    continue;
                }
                state[happening] = 2;
                order.Add(happening);
                stack.Pop();
            }
        }
        return [.. order];
    }

    /// <summary>An event came no sooner than another one and the work between them.</summary>
    /// <param name="From">The earlier event.</param>
    /// <param name="Work">Time between the two that is work.</param>
    /// <param name="Owner">The record whose own work it is, or <see cref="Root"/>.</param>
    /// <param name="Reason">Why the later event came after the earlier one.</param>
    /// <param name="IsBinding">It is the edge that was waited for: the two events are exactly the work apart.</param>
    internal readonly record struct Edge(int From, TimeSpan Work, int Owner, EdgeReason Reason, bool IsBinding);

    /// <summary>Why one event came after another. A what-if may lift the order of a program, but no other reason.</summary>
    [Flags]
    internal enum EdgeReason
    {
        /// <summary>A record's beginning after its parent's, a record's end after its beginning or its children's ends.</summary>
        Nesting = 1,

        /// <summary>The program started one after the other, and nothing else is known to tie them.</summary>
        Order = 2,

        /// <summary>The later one declared that it needs the earlier one.</summary>
        Dependency = 4,
    }
}

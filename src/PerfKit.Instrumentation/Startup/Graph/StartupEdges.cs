namespace PerfKit.Instrumentation;

/// <summary>Reads off start-up records what came after what. Near-linear in the number of records.</summary>
internal sealed class StartupEdges(
    StartupRecord[] records, TimeSpan[] ends, TimeSpan total, Action<int, StartupGraph.Edge> add)
{
    private const StartupGraph.EdgeReason Nesting = StartupGraph.EdgeReason.Nesting;
    private const StartupGraph.EdgeReason Order = StartupGraph.EdgeReason.Order;
    private const StartupGraph.EdgeReason Dependency = StartupGraph.EdgeReason.Dependency;

    // Looking further back for flows that were joined would cost more than it tells.
    private const int MostJoined = 64;

    // A service begins a thread hop after what it needed; what happens to end meanwhile is not the reason.
    private static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(1);

    private readonly int _rootBegin = records.Length * 2;
    private readonly int _rootEnd = (records.Length * 2) + 1;
    private readonly Dictionary<int, List<int>> _childrenByEnd = [];
    private readonly Dictionary<int, List<int>> _arrivalsByEnd = []; // what a parent may have waited for: its flows' last scopes, and what it needed
    private readonly Dictionary<string, List<int>> _servicesByEnd = new(StringComparer.Ordinal);

    public void AddAll()
    {
        Index();
        for (int id = 0; id < records.Length; id++)
        {
            AddBeginning(id);
            AddEnd(id, End(id), ends[id]);
        }
        AddEnd(StartupGraph.Root, _rootEnd, total);
    }

    private static int Begin(int id) => id * 2;

    private static int End(int id) => (id * 2) + 1;

    private int ParentOf(int id) => records[id].ParentId ?? StartupGraph.Root;

    private void Index()
    {
        for (int id = 0; id < records.Length; id++)
        {
            Add(_childrenByEnd, ParentOf(id), id);
            Add(_servicesByEnd, records[id].Name, id);
        }
        Sort(_childrenByEnd);
        Sort(_servicesByEnd);

        var isLast = new bool[records.Length];
        Array.Fill(isLast, true);
        foreach (StartupRecord record in records)
        {
            if (record.PreviousId is int previous)
                isLast[previous] = false;
        }
        for (int id = 0; id < records.Length; id++)
        {
            if (isLast[id])
                Add(_arrivalsByEnd, ParentOf(id), id);
            foreach (int provider in AwaitedInside(id, records[id].StartedAt, ends[id]))
                Add(_arrivalsByEnd, id, provider);
        }
        Sort(_arrivalsByEnd);
    }

    private void Sort<TKey>(Dictionary<TKey, List<int>> lists)
        where TKey : notnull
    {
        // Of two that ended together the later begun is the later.
        Comparison<int> byEnd = (left, right) => ends[left] != ends[right] ? ends[left].CompareTo(ends[right]) : left.CompareTo(right);
        foreach (List<int> list in lists.Values)
            list.Sort(byEnd);
    }

    private void AddBeginning(int id)
    {
        TimeSpan began = records[id].StartedAt;
        int parent = ParentOf(id);
        var before = new Dictionary<int, StartupGraph.EdgeReason>();
        foreach (StartupDependency dependency in records[id].Dependencies)
        {
            if (LastEnded(_servicesByEnd, dependency.Name, began, id) is int provider && !IsAround(provider, id))
                before[provider] = Dependency;
        }
        TimeSpan? needed = before.Count > 0 ? before.Keys.Max(provider => ends[provider]) : null;
        if (Previous(id) is int previous)
            before[previous] = before.GetValueOrDefault(previous) | Order;
        foreach (int joined in Joined(id, needed))
            before[joined] = before.GetValueOrDefault(joined) | (ParentOf(joined) == parent ? Order : Dependency);

        TimeSpan parentBegan = parent == StartupGraph.Root ? TimeSpan.Zero : records[parent].StartedAt;
        int parentBegin = parent == StartupGraph.Root ? _rootBegin : Begin(parent);
        // What had ended before the parent began was not waited for in it.
        int? binding = before.Count > 0 && before.Keys.MaxBy(other => (ends[other], other)) is var last && ends[last] >= parentBegan ? last : null;
        TimeSpan work = Positive(began - (binding is int awaited ? ends[awaited] : parentBegan));
        foreach ((int other, StartupGraph.EdgeReason reason) in before)
            Add(End(other), Begin(id), work, parent, reason, other == binding);
        // It cannot begin before its parent, whatever is deferred.
        Add(parentBegin, Begin(id), work, parent, Nesting, binding is null);
    }

    private int? Previous(int id) => records[id].PreviousId is int previous && ends[previous] <= records[id].StartedAt ? previous : null;

    // The last that is known of a record's flow before the record began.
    private TimeSpan LastStep(int id) => Previous(id) is int previous ? ends[previous]
        : records[id].ParentId is int parent ? records[parent].StartedAt : TimeSpan.MinValue;

    // What else the record's flow waited for before it went on: flows that ended, and services the parent needed that became
    // ready, since the flow's last step. Where a declared dependency explains the beginning, none of them does; but what
    // ended later than a thread hop after it, or ran between the two, was waited for all the same.
    private List<int> Joined(int id, TimeSpan? needed)
    {
        var joined = new List<int>();
        if (!_arrivalsByEnd.TryGetValue(ParentOf(id), out List<int>? arrivals))
            return joined;
        TimeSpan since = LastStep(id);
        int ended = CountEnded(arrivals, records[id].StartedAt);
        for (int i = ended - 1; i >= Math.Max(0, ended - MostJoined) && ends[arrivals[i]] > since; i--)
        {
            int other = arrivals[i];
            // Of what happened at one instant, only what began before came before.
            if (other >= id)
                continue;
            if (joined.Count == 0 && needed is { } ready && ends[other] <= ready + Hop && records[other].StartedAt < ready)
                continue;
            // What a later one has waited for needs no edge of its own.
            if (!joined.Exists(later => ParentOf(later) == ParentOf(id) && records[later].StartedAt >= ends[other] && LastStep(later) < ends[other]))
                joined.Add(other);
        }
        return joined;
    }

    private void AddEnd(int id, int end, TimeSpan ended)
    {
        int begin = id == StartupGraph.Root ? _rootBegin : Begin(id);
        TimeSpan began = id == StartupGraph.Root ? TimeSpan.Zero : records[id].StartedAt;
        // A child that outlived its parent was not waited for.
        var inside = new Dictionary<int, StartupGraph.EdgeReason>();
        foreach (int child in _childrenByEnd.TryGetValue(id, out List<int>? children) ? children : [])
        {
            if (ends[child] <= ended)
                inside[child] = Nesting;
        }
        if (id != StartupGraph.Root)
        {
            foreach (int provider in AwaitedInside(id, began, ended))
                inside[provider] = Dependency;
        }
        if (inside.Count == 0)
        {
            Add(begin, end, Positive(ended - began), id, Nesting, true);
            return;
        }
        int last = inside.Keys.MaxBy(child => (ends[child], child));
        TimeSpan rest = ended - ends[last];
        foreach ((int child, StartupGraph.EdgeReason reason) in inside)
            Add(End(child), end, rest, id, reason, child == last);
        Add(begin, end, rest, id, Nesting, false);
    }

    // A dependency that was still starting when the record began, and ended before it, was waited for inside. Ends at the
    // same instant say nothing, and two services that name each other must not wait for each other.
    private IEnumerable<int> AwaitedInside(int id, TimeSpan began, TimeSpan ended)
    {
        foreach (StartupDependency dependency in records[id].Dependencies)
        {
            if (LastEnded(_servicesByEnd, dependency.Name, ended, int.MaxValue) is int provider
                && ends[provider] > began && ends[provider] < ended && provider != id && !IsAround(provider, id) && !IsAround(id, provider))
                yield return provider;
        }
    }

    // The last in a list by end that had ended by then, of those that began before the record of the given id.
    private int? LastEnded<TKey>(Dictionary<TKey, List<int>> lists, TKey key, TimeSpan by, int id)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
            return null;
        for (int i = CountEnded(list, by) - 1; i >= 0; i--)
        {
            if (list[i] < id)
                return list[i];
        }
        return null;
    }

    private int CountEnded(List<int> byEnd, TimeSpan by)
    {
        int low = 0, high = byEnd.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ends[byEnd[middle]] <= by)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private bool IsAround(int outer, int inner)
    {
        for (int? id = records[inner].ParentId; id is int parent && parent >= outer; id = records[parent].ParentId)
        {
            if (parent == outer)
                return true;
        }
        return false;
    }

    private void Add(int from, int to, TimeSpan work, int owner, StartupGraph.EdgeReason reason, bool isBinding) =>
        add(to, new StartupGraph.Edge(from, work, owner, reason, isBinding));

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static void Add<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int id)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
            lists.Add(key, list = []);
        list.Add(id);
    }
}

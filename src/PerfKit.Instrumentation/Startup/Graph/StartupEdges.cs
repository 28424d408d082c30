namespace PerfKit.Instrumentation;

/// <summary>Reads off start-up records what came after what. Near-linear in the number of records.</summary>
internal sealed class StartupEdges(
    StartupRecord[] records, TimeSpan[] ends, TimeSpan total, Action<int, StartupGraph.Edge> add)
{
    private const StartupGraph.EdgeReason Nesting = StartupGraph.EdgeReason.Nesting;
    private const StartupGraph.EdgeReason Order = StartupGraph.EdgeReason.Order;
    private const StartupGraph.EdgeReason Dependency = StartupGraph.EdgeReason.Dependency;
    private const StartupGraph.EdgeReason Gate = StartupGraph.EdgeReason.Gate;

    private readonly int _rootBegin = records.Length * 2;
    private readonly int _rootEnd = (records.Length * 2) + 1;
    private readonly Dictionary<int, List<int>> _childrenByEnd = [];
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
        // Of two that ended together the later begun is the later.
        Comparison<int> byEnd = (left, right) => ends[left] != ends[right] ? ends[left].CompareTo(ends[right]) : left.CompareTo(right);
        foreach (List<int> children in _childrenByEnd.Values)
            children.Sort(byEnd);
        foreach (List<int> services in _servicesByEnd.Values)
            services.Sort(byEnd);
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
        if (records[id].PreviousId is int previous && ends[previous] <= began)
            before[previous] = before.GetValueOrDefault(previous) | Order;
        // Whatever happened to end before a service whose dependencies are known was not waited for; but a sibling that
        // ran between the last of them and the beginning was: services started one by one by somebody else's flow.
        if (LastEnded(_childrenByEnd, parent, began, id) is int sibling && (needed is null || records[sibling].StartedAt >= needed))
            before[sibling] = before.GetValueOrDefault(sibling) | Order;

        TimeSpan parentBegan = parent == StartupGraph.Root ? TimeSpan.Zero : records[parent].StartedAt;
        int parentBegin = parent == StartupGraph.Root ? _rootBegin : Begin(parent);
        if (before.Count == 0)
        {
            Add(parentBegin, Begin(id), Positive(began - parentBegan), parent, Nesting, true);
            return;
        }
        int binding = before.Keys.MaxBy(other => (ends[other], other));
        TimeSpan work = began - ends[binding];
        foreach ((int other, StartupGraph.EdgeReason reason) in before)
            Add(End(other), Begin(id), work, parent, reason, other == binding);
        // It cannot begin before its parent, whatever is deferred.
        Add(parentBegin, Begin(id), TimeSpan.Zero, parent, Gate, false);
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
        Add(begin, end, TimeSpan.Zero, id, Gate, false);
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
        int low = 0, high = list.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ends[list[middle]] <= by)
                low = middle + 1;
            else
                high = middle;
        }
        for (int i = low - 1; i >= 0; i--)
        {
            if (list[i] < id)
                return list[i];
        }
        return null;
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

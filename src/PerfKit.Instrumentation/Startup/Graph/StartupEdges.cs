namespace PerfKit.Instrumentation;

/// <summary>Reads off start-up records what came after what. Near-linear in the number of records.</summary>
internal sealed class StartupEdges(
    StartupRecord[] records, TimeSpan[] ends, TimeSpan total, Action<int, int, TimeSpan, int, bool> add)
{
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
        var before = new List<int>();
        foreach (StartupDependency dependency in records[id].Dependencies)
        {
            if (LastEnded(_servicesByEnd, dependency.Name, began, id) is int provider && !IsAround(provider, id))
                before.Add(provider);
        }
        bool hasDeclared = before.Count > 0;
        if (records[id].PreviousId is int previous && ends[previous] <= began)
            before.Add(previous);
        if (!hasDeclared && LastEnded(_childrenByEnd, parent, began, id) is int sibling)
            before.Add(sibling);

        if (before.Count == 0)
        {
            TimeSpan parentBegan = parent == StartupGraph.Root ? TimeSpan.Zero : records[parent].StartedAt;
            add(parent == StartupGraph.Root ? _rootBegin : Begin(parent), Begin(id), Positive(began - parentBegan), parent, true);
            return;
        }
        int binding = before.MaxBy(other => (ends[other], other));
        TimeSpan work = began - ends[binding];
        foreach (int other in before.Distinct())
            add(End(other), Begin(id), work, parent, other == binding);
        // It cannot begin before its parent, whatever is deferred.
        add(parent == StartupGraph.Root ? _rootBegin : Begin(parent), Begin(id), TimeSpan.Zero, parent, false);
    }

    private void AddEnd(int id, int end, TimeSpan ended)
    {
        int begin = id == StartupGraph.Root ? _rootBegin : Begin(id);
        TimeSpan began = id == StartupGraph.Root ? TimeSpan.Zero : records[id].StartedAt;
        // A child that outlived its parent was not waited for.
        List<int> inside = _childrenByEnd.TryGetValue(id, out List<int>? children)
            ? children.Where(child => ends[child] <= ended).ToList() : [];
        if (id != StartupGraph.Root)
            inside.AddRange(AwaitedInside(id, began, ended));
        if (inside.Count == 0)
        {
            add(begin, end, Positive(ended - began), id, true);
            return;
        }
        int last = inside.MaxBy(child => (ends[child], child));
        TimeSpan rest = ended - ends[last];
        foreach (int child in inside.Distinct())
            add(End(child), end, rest, id, child == last);
        add(begin, end, TimeSpan.Zero, id, false);
    }

    // A dependency that was still starting when the record began, and ended before it, was waited for inside.
    private IEnumerable<int> AwaitedInside(int id, TimeSpan began, TimeSpan ended)
    {
        foreach (StartupDependency dependency in records[id].Dependencies)
        {
            if (LastEnded(_servicesByEnd, dependency.Name, ended, int.MaxValue) is int provider
                && ends[provider] > began && provider != id && !IsAround(provider, id) && !IsAround(id, provider))
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

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static void Add<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int id)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
            lists.Add(key, list = []);
        list.Add(id);
    }
}

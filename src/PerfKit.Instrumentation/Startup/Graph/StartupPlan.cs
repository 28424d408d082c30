namespace PerfKit.Instrumentation;

/// <summary>A set of changes, told for each record of a start-up.</summary>
internal sealed class StartupPlan
{
    private readonly IReadOnlyList<StartupRecord> _records;
    private readonly double[] _partOfWork;
    private readonly bool[] _isInBackground;
    private readonly int[] _group; // 0 for none

    public StartupPlan(StartupGraph graph, IReadOnlyCollection<StartupChange> changes)
    {
        _records = graph.Records;
        _partOfWork = new double[_records.Count];
        Array.Fill(_partOfWork, 1);
        _isInBackground = new bool[_records.Count];
        _group = new int[_records.Count];
        ILookup<string, int> byName = _records.ToLookup(record => record.Name, record => record.Id, StringComparer.Ordinal);
        int group = 0;
        foreach (StartupChange change in changes)
        {
            group++;
            foreach (int id in change.Services.SelectMany(service => byName[service]))
                Apply(change, id, group);
        }
        HashSet<string> deferred = changes.Where(change => change.Kind == StartupChangeKind.Defer)
            .SelectMany(change => change.Services).ToHashSet(StringComparer.Ordinal);
        NeededBeforeReady = deferred.Count > 0 ? Defer(graph, deferred) : [];
        StartsTogether = changes.Any(change => change.Kind is StartupChangeKind.Parallel or StartupChangeKind.Background);
    }

    /// <summary>Services that stay although they were to be deferred.</summary>
    public IReadOnlyList<string> NeededBeforeReady { get; }

    /// <summary>Work may run at the same time that did not when it was measured.</summary>
    public bool StartsTogether { get; }

    /// <summary>How much of a record's own work is left, 0 to 1.</summary>
    public double PartOfWork(int owner) => owner == StartupGraph.Root ? 1 : _partOfWork[owner];

    public bool IsInBackground(int id) => id != StartupGraph.Root && _isInBackground[id];

    /// <summary>The group that a record starts together with; 0 for none.</summary>
    public int GroupOf(int id) => _isInBackground[id] ? 0 : _group[id];

    private void Apply(StartupChange change, int id, int group)
    {
        switch (change.Kind)
        {
            case StartupChangeKind.Background:
                _isInBackground[id] = true;
                break;
            case StartupChangeKind.Parallel when _group[id] == 0:
                _group[id] = group;
                break;
            case StartupChangeKind.Speed:
                _partOfWork[id] *= 1 - (Math.Clamp(change.Percent ?? 0, 0, 100) / 100);
                break;
        }
    }

    private List<string> Defer(StartupGraph graph, HashSet<string> names)
    {
        var isDeferred = new bool[_records.Count];
        // Records are in order of beginning, so a parent comes before what is nested in it.
        foreach (StartupRecord record in _records)
            isDeferred[record.Id] = names.Contains(record.Name) || (record.ParentId is int parent && isDeferred[parent]);
        bool[] isNeeded = Needed(graph, isDeferred, names);
        foreach (StartupRecord record in _records)
        {
            if (isDeferred[record.Id] && !isNeeded[record.Id])
                _partOfWork[record.Id] = 0;
        }
        return _records.Where(record => isNeeded[record.Id] && names.Contains(record.Name)).Select(record => record.Name)
            .Distinct(StringComparer.Ordinal).ToList();
    }

    // What runs before ready brings what it needs with it: the scope it needs, what that is made of and stands in, and what
    // those need in turn.
    private bool[] Needed(StartupGraph graph, bool[] isDeferred, HashSet<string> names)
    {
        ILookup<int, int> children = _records.Where(record => record.ParentId is not null).ToLookup(record => record.ParentId!.Value, record => record.Id);
        var isNeeded = new bool[_records.Count];
        var running = new Stack<int>(_records.Where(record => !isDeferred[record.Id]).Select(record => record.Id));
        void Need(int id)
        {
            if (!isDeferred[id] || isNeeded[id])
                return;
            isNeeded[id] = true;
            running.Push(id);
        }
        while (running.TryPop(out int id))
        {
            if (isNeeded[id])
            {
                if (_records[id].ParentId is int parent)
                    Need(parent);
                foreach (int child in children[id].Where(child => !names.Contains(_records[child].Name)))
                    Need(child);
            }
            foreach (StartupGraph.Edge edge in graph.Into(id * 2).Concat(graph.Into((id * 2) + 1)))
            {
                if (edge.Reason.HasFlag(StartupGraph.EdgeReason.Dependency))
                    Need(edge.From / 2);
            }
        }
        return isNeeded;
    }
}

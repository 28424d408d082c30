namespace PerfKit.Instrumentation;

/// <summary>
/// A start-up wired anew under a plan, and run: every event happens as soon as what it came after has happened and the work
/// between is done. This is list scheduling (Graham, 1966) with shared instead of owned processors, so the result is never
/// below the longest chain nor below the CPU time over the cores, and never above all work one after the other.
/// </summary>
/// <remarks>
/// A record that starts together with others is launched with the first of them in its parent, after the parent's own work
/// in between; the scopes that followed it wait for it and for whatever it no longer waits for. A record in the background
/// is launched at its place, and its followers come after the launch.
/// </remarks>
internal sealed class StartupReplay
{
    private const StartupGraph.EdgeReason Order = StartupGraph.EdgeReason.Order;

    private readonly StartupGraph _graph;
    private readonly StartupPlan _plan;
    private readonly double[] _demand;
    private readonly List<Step> _steps = [];
    private readonly int[] _launch; // the event of a record's launch, where that is apart from its beginning
    private readonly int[] _followed; // the event that what follows a record in its program comes after
    private readonly Dictionary<(int Parent, int Group), int> _lastLaunch = [];
    private readonly Dictionary<(int Parent, string Service), int> _lastOfService = [];

    public StartupReplay(StartupGraph graph, StartupPlan plan, double[] demand)
    {
        (_graph, _plan, _demand) = (graph, plan, demand);
        int records = graph.Records.Count;
        for (int happening = 0; happening <= graph.RootEnd; happening++)
            _steps.Add(new Step());
        _launch = new int[records];
        _followed = new int[records];
        for (int id = 0; id < records; id++)
            WireBeginning(id);
        for (int id = 0; id < records; id++)
            WireEnd((id * 2) + 1, id);
        WireEnd(graph.RootEnd, StartupGraph.Root);
    }

    /// <summary>Runs it.</summary>
    /// <param name="cores">Cores that work shares.</param>
    /// <returns>When start-up ends.</returns>
    public TimeSpan Run(double cores)
    {
        var shares = new CpuShares(_steps.Count, cores);
        var due = new Queue<int>();
        void Begin(int happening)
        {
            Step step = _steps[happening];
            if (step.Work > 0)
                shares.Start(happening, step.Work, step.Demand);
            else
                due.Enqueue(happening);
        }
        for (int happening = 0; happening < _steps.Count; happening++)
        {
            if (_steps[happening].Waits == 0)
                Begin(happening);
        }
        double end = 0;
        while (true)
        {
            while (due.TryDequeue(out int happening))
            {
                if (happening == _graph.RootEnd)
                    end = shares.Now;
                foreach (int next in _steps[happening].Next)
                {
                    if (--_steps[next].Waits == 0)
                        Begin(next);
                }
            }
            if (shares.IsIdle)
                return TimeSpan.FromTicks((long)Math.Round(end));
            due.Enqueue(shares.RunToNextEnd());
        }
    }

    private void WireBeginning(int id)
    {
        int begin = id * 2, end = begin + 1, parent = _graph.Records[id].ParentId ?? StartupGraph.Root;
        int group = _plan.GroupOf(id);
        bool isLaunched = group > 0 || _plan.IsInBackground(id);
        IReadOnlyList<StartupGraph.Edge> edges = _graph.Into(begin);
        int launch = isLaunched ? Add() : begin;
        _launch[id] = launch;
        SetWork(launch, begin, edges);
        int with = -1;
        bool isFirst = group == 0 || !_lastLaunch.TryGetValue((parent, group), out with);
        foreach (StartupGraph.Edge edge in edges)
        {
            if (edge.Reason.HasFlag(StartupGraph.EdgeReason.Dependency))
                Wait(edge.From, begin);
            if (edge.Reason.HasFlag(Order) && isFirst)
                Wait(_followed[edge.From / 2], launch);
            if (edge.Reason.HasFlag(StartupGraph.EdgeReason.Nesting))
                Wait(edge.From, launch);
        }
        if (isLaunched)
            Wait(launch, begin);
        if (!isFirst)
            Wait(with, launch);
        if (group > 0)
        {
            _lastLaunch[(parent, group)] = launch;
            // Scopes of one name are one service, and its own order is not ours to change.
            if (_lastOfService.TryGetValue((parent, _graph.Records[id].Name), out int last) && _graph.TimeOf(last) <= _graph.TimeOf(begin))
                Wait(last, begin);
            _lastOfService[(parent, _graph.Records[id].Name)] = end;
        }
        _followed[id] = _plan.IsInBackground(id) ? launch : group > 0 ? Join(end, edges) : end;
    }

    // Once a record does not wait for the one before it, what follows has to wait for both.
    private int Join(int end, IReadOnlyList<StartupGraph.Edge> edges)
    {
        int join = Add();
        Wait(end, join);
        foreach (StartupGraph.Edge edge in edges)
        {
            if (edge.Reason.HasFlag(Order))
                Wait(_followed[edge.From / 2], join);
        }
        return join;
    }

    private void WireEnd(int end, int id)
    {
        IReadOnlyList<StartupGraph.Edge> edges = _graph.Into(end);
        SetWork(end, end, edges);
        int begin = id == StartupGraph.Root ? _graph.RootBegin : id * 2;
        foreach (StartupGraph.Edge edge in edges)
        {
            if (edge.From != begin && !edge.Reason.HasFlag(StartupGraph.EdgeReason.Dependency) && _plan.IsInBackground(edge.From / 2))
                Wait(_launch[edge.From / 2], end);
            else
                Wait(edge.From, end);
        }
    }

    private void SetWork(int step, int happening, IReadOnlyList<StartupGraph.Edge> edges)
    {
        foreach (StartupGraph.Edge edge in edges)
        {
            if (!edge.IsBinding)
                continue;
            _steps[step].Work = edge.Work.Ticks * _plan.PartOfWork(edge.Owner);
            _steps[step].Demand = _demand[happening];
        }
    }

    private int Add()
    {
        _steps.Add(new Step());
        return _steps.Count - 1;
    }

    private void Wait(int from, int to)
    {
        _steps[from].Next.Add(to);
        _steps[to].Waits++;
    }

    /// <summary>An event and the work that leads to it, which begins when all it waits for has happened.</summary>
    private sealed class Step
    {
        public readonly List<int> Next = [];
        public double Work;
        public double Demand;
        public int Waits;
    }
}

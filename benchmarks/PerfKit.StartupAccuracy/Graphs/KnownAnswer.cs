namespace PerfKit.StartupAccuracy;

/// <summary>A stretch of the critical path: whose work, from when, how long. No owner: work outside of every scope.</summary>
internal readonly record struct Stretch(string? Owner, TimeSpan Began, TimeSpan Time);

/// <summary>
/// What is true of a generated program, worked out from the program alone: it knows who waits for whom, and so needs no
/// record and no guess. It shares no code with what it judges.
/// </summary>
internal sealed class KnownAnswer
{
    private static readonly TimeSpan ThreadHop = TimeSpan.FromMilliseconds(1);

    private readonly List<Moment> _moments = [];
    private readonly Dictionary<string, Moment> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _pace = new(StringComparer.Ordinal);
    private readonly Moment _ready;

    public KnownAnswer(IReadOnlyList<Step> program)
        : this(program, null, 1)
    {
    }

    private KnownAnswer(IReadOnlyList<Step> program, string? service, double part)
    {
        if (service is not null)
            _pace[service] = part;
        _ready = Walk(program, Join([]), owner: null);
    }

    public TimeSpan Total => _ready.Time;

    /// <summary>
    /// A service that some scope needs became ready less than a thread hop before the scope's turn came: in a trace, either
    /// may be why the scope began.
    /// </summary>
    public bool HasNearTie { get; private set; }

    /// <summary>The program if a service's own work took the given part of its time.</summary>
    public static TimeSpan TotalWhen(IReadOnlyList<Step> program, string service, double part) => new KnownAnswer(program, service, part).Total;

    /// <summary>What ready waited for, back to the beginning: at each moment the predecessor that came last.</summary>
    public List<Stretch> CriticalPath()
    {
        var path = new List<Stretch>();
        for (Moment moment = _ready; moment.After.Count > 0;)
        {
            Arc last = moment.After.MaxBy(arc => arc.From.Time + arc.Work);
            if (last.Work > TimeSpan.Zero)
            {
                var stretch = new Stretch(last.Owner, last.From.Time, last.Work);
                if (path.Count > 0 && path[^1].Owner == stretch.Owner)
                    path[^1] = stretch with { Time = stretch.Time + path[^1].Time };
                else
                    path.Add(stretch);
            }
            moment = last.From;
        }
        path.Reverse();
        return path;
    }

    /// <summary>How much later each service could have ended without moving ready; <c>null</c> where ready does not wait for it.</summary>
    public Dictionary<string, TimeSpan?> Slack()
    {
        var latest = new Dictionary<Moment, TimeSpan> { [_ready] = _ready.Time };
        // Moments are made after what they come after, so backwards is an order in which all that follows is known.
        foreach (Moment moment in Enumerable.Reverse(_moments))
        {
            if (!latest.TryGetValue(moment, out TimeSpan limit))
                continue;
            foreach (Arc arc in moment.After)
            {
                TimeSpan room = limit - arc.Work;
                latest[arc.From] = latest.TryGetValue(arc.From, out TimeSpan other) && other < room ? other : room;
            }
        }
        return _ends.ToDictionary(end => end.Key, end => latest.TryGetValue(end.Value, out TimeSpan limit) ? limit - end.Value.Time : (TimeSpan?)null);
    }

    // The moment at which the flow has gone through the steps.
    private Moment Walk(IReadOnlyList<Step> steps, Moment at, string? owner)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case Step.Work work:
                    TimeSpan time = owner is not null && _pace.TryGetValue(owner, out double part) ? work.Time * part : work.Time;
                    at = Join([new Arc(at, time, owner)]);
                    break;
                case Step.Scope scope:
                    HasNearTie |= scope.Needs.Any(need => at.Time - _ends[need].Time is var ago && ago > TimeSpan.Zero && ago <= ThreadHop);
                    Moment begun = Join([new Arc(at), .. scope.Needs.Select(need => new Arc(_ends[need]))]);
                    // A moment of its own: what ends here is asked for by name.
                    at = _ends[scope.Name] = Join([new Arc(Walk(scope.Body, begun, scope.Name))]);
                    break;
                case Step.Together together:
                    Moment fork = at;
                    at = Join([.. together.Flows.Select(flow => new Arc(Walk(flow, fork, owner)))]);
                    break;
                case Step.Apart apart:
                    Walk(apart.Flow, at, owner);
                    break;
            }
        }
        return at;
    }

    private Moment Join(IReadOnlyList<Arc> after)
    {
        var moment = new Moment(after, after.Count == 0 ? TimeSpan.Zero : after.Max(arc => arc.From.Time + arc.Work));
        _moments.Add(moment);
        return moment;
    }

    private sealed class Moment(IReadOnlyList<Arc> after, TimeSpan time)
    {
        public IReadOnlyList<Arc> After => after;

        public TimeSpan Time => time;
    }

    private readonly record struct Arc(Moment From, TimeSpan Work = default, string? Owner = null);
}

using PerfKit.Sampling;

namespace PerfKit.Analysis;

/// <summary>
/// Compares samples with alert rules, one after the other, and tells what alerts began and ended. The same for a process that
/// runs and for samples that were recorded: it knows no clock but theirs. Not thread-safe; bounded.
/// </summary>
public sealed class AlertEvaluator
{
    /// <summary>Services that are told apart at most, over all rules; further ones are counted in <see cref="Untracked"/>.</summary>
    internal const int MostTracks = 4096;

    private readonly List<AlertChange> _changes = [];
    private List<Watch> _watches = [];
    private Thresholds _thresholds = new();
    private DateTimeOffset? _last;
    private TimeSpan _clock;
    private long _round;
    private int _tracks;

    /// <summary>Makes an evaluator that has seen nothing.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="thresholds">Where rules without limits of their own take them from.</param>
    /// <param name="interval">
    /// How far apart samples usually are. What is five times as long, and a second or more, is a gap: nobody knows what was in it.
    /// </param>
    /// <exception cref="ArgumentException">A rule is not valid, two have one name, or the interval is not above zero.</exception>
    public AlertEvaluator(IEnumerable<AlertRule> rules, Thresholds thresholds, TimeSpan interval)
    {
        if (interval <= TimeSpan.Zero || interval > TimeSpan.FromDays(1))
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "Allowed: above zero, up to a day.");
        TimeSpan second = TimeSpan.FromSeconds(1);
        LongestGap = interval * 5 > second ? interval * 5 : second;
        Use(rules, thresholds);
    }

    /// <summary>Alerts that are not over, oldest first.</summary>
    public IReadOnlyList<Alert> Active => [.. Tracks.Select(track => track.Active).OfType<Alert>().OrderBy(alert => alert.FiredAt)];

    /// <summary>Where each rule stands, for every service that it was met with. A rule that never met its figure has no data.</summary>
    public IReadOnlyList<AlertStatus> Status => [.. _watches.SelectMany(watch => watch.Status(_thresholds, _clock))];

    /// <summary>Readings that were left out, because 4,096 services were being told apart.</summary>
    public long Untracked { get; private set; }

    /// <summary>What is longer between two samples is a gap.</summary>
    internal TimeSpan LongestGap { get; }

    /// <summary>Whether services are forgotten that have had no figure for long: a recording ends, a process may not.</summary>
    internal bool ForgetsIdle { get; init; } = true;

    private IEnumerable<AlertTrack> Tracks => _watches.SelectMany(watch => watch.Tracks.Values);

    /// <summary>Takes other rules and limits. What was counted for a rule goes on where its limits stay what they were.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="thresholds">The thresholds.</param>
    /// <returns>Alerts that ended because their rule is gone.</returns>
    /// <exception cref="ArgumentException">A rule is not valid, or two have one name; nothing has changed then.</exception>
    public IReadOnlyList<AlertChange> Use(IEnumerable<AlertRule> rules, Thresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(thresholds);
        AlertRule[] all = [.. rules];
        if (Mistakes(all) is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join('\n', mistakes), nameof(rules));

        Thresholds own = thresholds.Clone();
        var ones = all.Where(rule => rule.Service is not null).Select(rule => (rule.Figure, rule.Service!)).ToHashSet();
        var before = _watches.ToDictionary(watch => watch.Rule.Name, StringComparer.Ordinal);
        var ended = new List<AlertChange>();
        var watches = new List<Watch>();
        foreach (AlertRule rule in all)
        {
            var watch = new Watch(rule, rule.Service is null ? [.. ones.Where(one => one.Figure == rule.Figure).Select(one => one.Item2)] : []);
            if (before.TryGetValue(rule.Name, out Watch? old) && old.Rule.Figure == rule.Figure && old.Rule.Service == rule.Service)
            {
                before.Remove(rule.Name);
                ended.AddRange(watch.Inherit(old, own));
            }
            watches.Add(watch);
        }
        ended.AddRange(before.Values.SelectMany(watch => watch.Tracks.Values).Select(track => track.Withdraw()).OfType<AlertChange>());
        (_watches, _thresholds) = (watches, own);
        _tracks = Tracks.Count();
        return ended;
    }

    /// <summary>Takes the next sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="figures">The figures beside it; a figure that is not among them is unknown.</param>
    /// <returns>What changed with it; empty most of the time. The list is used again by the next call.</returns>
    public IReadOnlyList<AlertChange> Evaluate(in ResourceSample sample, IReadOnlyList<FigureReading>? figures = null)
    {
        _changes.Clear();
        _round++;
        // A week is a gap for any interval, and as long as the longest cool-down: more changes nothing, and might overflow.
        TimeSpan? interval = sample.Interval is { } known ? Bounded(known) : null;
        // Without an interval the wall clock must do, to know when a cool-down is over.
        _clock += interval ?? Bounded(sample.Timestamp - (_last ?? sample.Timestamp));
        _last = sample.Timestamp;
        var moment = new AlertMoment(sample.Timestamp, interval, LongestGap, _clock);
        foreach (Watch watch in _watches)
        {
            if (watch.Rule.Threshold is { Figure: { } read } threshold)
                Step(watch, null, read(sample), threshold.Detail?.Invoke(sample), moment);
            else if (figures is not null)
                Step(watch, figures, moment);
            StepMissing(watch, moment);
        }
        return _changes;
    }

    private static TimeSpan Bounded(TimeSpan interval) => TimeSpan.FromTicks(Math.Clamp(interval.Ticks, 0, TimeSpan.TicksPerDay * 7));

    /// <summary>What each rule has seen since the beginning.</summary>
    internal IEnumerable<AlertRuleHistory> Histories(IReadOnlyCollection<Alert> alerts) => _watches.SelectMany(watch => watch.Tracks.Count > 0
        ? watch.Tracks.Values.Select(track => track.History(alerts))
        : [new AlertRuleHistory { Rule = watch.Rule.Name, Service = watch.Rule.Service, Levels = watch.Rule.LevelsOf(_thresholds, watch.Rule.Service) }]);

    internal static List<string> Mistakes(IReadOnlyList<AlertRule> rules)
    {
        var mistakes = new List<string>();
        for (int i = 0; i < rules.Count; i++)
            mistakes.AddRange(rules[i] is null ? [$"Rules[{i}] is null; allowed: a rule."] : rules[i].Validate().Select(mistake => $"Rules[{i}].{mistake}"));
        mistakes.AddRange(rules.Where(rule => rule is not null).GroupBy(rule => rule.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"Rules has {group.Count()} rules named '{group.Key}'; allowed: one."));
        return mistakes;
    }

    private void Step(Watch watch, IReadOnlyList<FigureReading> figures, in AlertMoment moment)
    {
        for (int i = 0; i < figures.Count; i++)
        {
            FigureReading reading = figures[i];
            if (string.Equals(reading.Figure, watch.Rule.Figure, StringComparison.OrdinalIgnoreCase) && watch.IsFor(reading.Service))
                Step(watch, reading.Service, reading.Value, null, moment);
        }
    }

    private void Step(Watch watch, string? service, double? value, string? detail, in AlertMoment moment)
    {
        if (!watch.Tracks.TryGetValue(service ?? "", out AlertTrack? track))
        {
            if (value is null)
                return; // nothing to remember yet
            if (_tracks >= MostTracks)
            {
                Untracked++;
                return;
            }
            _tracks++;
            track = new AlertTrack(watch.Rule, service, watch.Rule.LevelsOf(_thresholds, service));
            watch.Tracks.Add(service ?? "", track);
        }
        if (track.Round == _round)
            return; // told twice
        track.Round = _round;
        if (track.Step(value, detail, moment) is { } change)
            _changes.Add(change);
    }

    private void StepMissing(Watch watch, in AlertMoment moment)
    {
        foreach ((string service, AlertTrack track) in watch.Tracks)
        {
            if (track.Round != _round && track.Step(null, null, moment) is { } change)
                _changes.Add(change);
            if (!ForgetsIdle || !track.IsIdle(_clock))
                continue;
            watch.Tracks.Remove(service); // a dictionary allows it while it is walked
            _tracks--;
        }
    }

    /// <param name="Rule">The rule.</param>
    /// <param name="Others">The services that have a rule of their own.</param>
    private sealed record Watch(AlertRule Rule, HashSet<string> Others)
    {
        public Dictionary<string, AlertTrack> Tracks { get; } = new(StringComparer.Ordinal); // "" is the process

        public bool IsFor(string? service) => Rule.Service is null ? service is null || !Others.Contains(service) : Rule.Service == service;

        public IEnumerable<AlertStatus> Status(Thresholds thresholds, TimeSpan clock) => Tracks.Count > 0
            ? Tracks.Values.Select(track => track.Status(clock))
            : [new AlertStatus(Rule.Name, Rule.Service, AlertState.NoData, null, Rule.LevelsOf(thresholds, Rule.Service), TimeSpan.Zero)];

        /// <summary>Takes over what was counted; tells of alerts that this rule is no longer for.</summary>
        public List<AlertChange> Inherit(Watch old, Thresholds thresholds)
        {
            var ended = new List<AlertChange>();
            foreach ((string name, AlertTrack track) in old.Tracks)
            {
                string? service = name.Length == 0 ? null : name;
                if (IsFor(service))
                {
                    track.Use(Rule, Rule.LevelsOf(thresholds, service));
                    Tracks.Add(name, track);
                }
                else if (track.Withdraw() is { } change)
                {
                    ended.Add(change);
                }
            }
            return ended;
        }
    }
}

namespace PerfKit.Analysis;

/// <summary>
/// One rule over one figure, from sample to sample. Time counts only where it is known: from one sample that has the figure to
/// the next. A gap longer than samples usually are apart, or as long without the figure, begins the counting anew.
/// </summary>
internal sealed class AlertTrack(AlertRule rule, string? service, ThresholdLevels levels)
{
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(5);

    private AlertRule _rule = rule;
    private ThresholdLevels _levels = levels;
    private bool _hadFigure;
    private TimeSpan _unknown;          // since the last sample that had the figure
    private TimeSpan? _past;            // past the warning limit without a break; null when it is not
    private TimeSpan? _pastCritical;
    private TimeSpan? _back;
    private DateTimeOffset _pastSince;
    private TimeSpan? _quietUntil;      // by the evaluator's clock
    private double? _value;
    private Alert? _alert;
    private int _seen;                  // samples that had the figure
    private double? _worst;
    private TimeSpan _longestPast;

    /// <summary>The evaluation that it took part in last.</summary>
    public long Round { get; set; }

    public Alert? Active => _alert;

    /// <summary>The figure has been missing for so long that the track may be forgotten.</summary>
    public bool IsIdle(TimeSpan clock) => _alert is null && _unknown > LostAfter && !(clock < _quietUntil);

    public void Use(AlertRule newRule, ThresholdLevels newLevels)
    {
        // Time past another limit says nothing of this one.
        if (newLevels != _levels || newRule.Side != _rule.Side)
            Forget();
        _rule = newRule;
        _levels = newLevels;
    }

    public AlertChange? Withdraw() => _alert is null ? null : new AlertChange(AlertChangeKind.Lost, _alert);

    public AlertStatus Status(TimeSpan clock) => new(_rule.Name, service, StateAt(clock), _value, _levels, _past ?? TimeSpan.Zero);

    public AlertRuleHistory History(IEnumerable<Alert> alerts)
    {
        Alert[] own = [.. alerts.Where(alert => alert.Rule == _rule.Name && alert.Service == service)];
        return new AlertRuleHistory
        {
            Rule = _rule.Name,
            Service = service,
            Levels = _levels,
            Alerts = own.Length,
            InAlert = own.Aggregate(TimeSpan.Zero, (sum, alert) => sum + alert.PastLimit),
            LongestPastLimit = _longestPast,
            Worst = _worst,
            SamplesWithFigure = _seen,
        };
    }

    /// <param name="figure">The figure; <c>null</c> when it is unknown.</param>
    /// <param name="detail">What in particular it is of.</param>
    /// <param name="moment">When.</param>
    public AlertChange? Step(double? figure, string? detail, in AlertMoment moment)
    {
        if (figure is not double value || !double.IsFinite(value))
            return Miss(moment);

        bool isKnown = _hadFigure && moment.Interval <= moment.LongestGap;
        if (!isKnown && (moment.Interval is not { } interval || _unknown + interval > moment.LongestGap))
            Forget();
        TimeSpan step = isKnown ? moment.Interval!.Value : TimeSpan.Zero;
        (_hadFigure, _unknown, _value) = (true, TimeSpan.Zero, value);
        _seen++;
        _worst = _worst is double worst ? Worse(worst, value) : value;

        bool isPast = Breaks(value, _levels.Warning), wasPast = _past is not null;
        if (isPast && !wasPast)
            _pastSince = moment.Timestamp;
        _past = Count(_past, isPast, step);
        if (_past > _longestPast)
            _longestPast = _past.Value;
        _pastCritical = Count(_pastCritical, _levels.Critical is double critical && Breaks(value, critical), step);
        _back = Count(_back, !isPast, step);
        return _alert is null ? Fire(value, detail, moment) : Follow(value, detail, isPast && wasPast ? step : TimeSpan.Zero, moment);
    }

    private AlertChange? Miss(in AlertMoment moment)
    {
        _hadFigure = false;
        _unknown += moment.Interval ?? moment.LongestGap;
        if (_unknown > moment.LongestGap)
            Forget();
        if (_alert is null || _unknown <= LostAfter)
            return null;
        Alert lost = _alert;
        _alert = null;
        return new AlertChange(AlertChangeKind.Lost, lost);
    }

    private AlertChange? Fire(double value, string? detail, in AlertMoment moment)
    {
        if (_past is not { } past || past < _rule.Duration || moment.Clock < _quietUntil)
            return null;
        bool isCritical = _pastCritical >= _rule.Duration;
        _alert = new Alert
        {
            Rule = _rule.Name,
            Figure = _rule.Figure,
            Unit = _rule.Threshold?.UnitText ?? "",
            Service = service,
            Detail = detail,
            Severity = isCritical ? AlertSeverity.Critical : AlertSeverity.Warning,
            Limit = isCritical ? _levels.Critical!.Value : _levels.Warning,
            Comparison = _rule.Side,
            Value = value,
            Worst = value,
            StartedAt = _pastSince,
            FiredAt = moment.Timestamp,
            PastLimit = past,
            Action = _rule.Action,
        };
        return new AlertChange(AlertChangeKind.Fired, _alert);
    }

    private AlertChange? Follow(double value, string? detail, TimeSpan pastFor, in AlertMoment moment)
    {
        _alert = _alert! with
        {
            Value = value,
            Detail = detail ?? _alert.Detail,
            Worst = Worse(_alert.Worst, value),
            PastLimit = _alert.PastLimit + pastFor,
        };
        if (_back >= _rule.Duration)
        {
            Alert over = _alert with { ResolvedAt = moment.Timestamp };
            (_alert, _quietUntil) = (null, moment.Clock + _rule.CoolDown);
            return new AlertChange(AlertChangeKind.Resolved, over);
        }
        if (_alert.Severity == AlertSeverity.Critical || !(_pastCritical >= _rule.Duration))
            return null;
        _alert = _alert with { Severity = AlertSeverity.Critical, Limit = _levels.Critical!.Value };
        return new AlertChange(AlertChangeKind.Escalated, _alert);
    }

    private AlertState StateAt(TimeSpan clock) => true switch
    {
        _ when _alert is not null => AlertState.Firing,
        _ when !_hadFigure => AlertState.NoData,
        _ when _past is null => AlertState.Within,
        _ when _past < _rule.Duration => AlertState.Pending,
        _ => clock < _quietUntil ? AlertState.CoolingDown : AlertState.Pending,
    };

    private double Worse(double one, double other) => _rule.Side is AlertComparison.Above or AlertComparison.AtLeast ? Math.Max(one, other) : Math.Min(one, other);

    private bool Breaks(double value, double limit) => _rule.Side switch
    {
        AlertComparison.Above => value > limit,
        AlertComparison.AtLeast => value >= limit,
        AlertComparison.Below => value < limit,
        _ => value <= limit,
    };

    // The first sample is an instant: time begins to count with the second.
    private static TimeSpan? Count(TimeSpan? held, bool holds, TimeSpan step) => !holds ? null : held is null ? TimeSpan.Zero : held + step;

    private void Forget() => (_past, _pastCritical, _back) = (null, null, null);
}

/// <param name="Timestamp">When the sample was taken.</param>
/// <param name="Interval">Since the sample before; <c>null</c> when that is unknown.</param>
/// <param name="LongestGap">What is longer between two samples is a gap.</param>
/// <param name="Clock">Time that has passed since the first sample, gaps included.</param>
internal readonly record struct AlertMoment(DateTimeOffset Timestamp, TimeSpan? Interval, TimeSpan LongestGap, TimeSpan Clock);

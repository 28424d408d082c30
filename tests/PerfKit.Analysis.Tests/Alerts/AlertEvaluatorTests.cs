using FsCheck;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class AlertEvaluatorTests
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly AlertRule Cpu = new() { Figure = "cpu_usage_percent", Duration = TimeSpan.FromSeconds(30), CoolDown = TimeSpan.FromMinutes(1) };

    private readonly List<AlertChange> _changes = [];
    private AlertEvaluator _evaluator = new([Cpu], new Thresholds(), Second);
    private TimeSpan _now;

    [Fact]
    public void Figure_pastItsLimitForTheDuration_fires_andNotASampleSooner()
    {
        Feed(95, samples: 30); // 29 seconds from the first to the last
        Assert.Empty(_changes);

        Feed(96, samples: 1);

        AlertChange fired = Assert.Single(_changes);
        Assert.Equal(AlertChangeKind.Fired, fired.Kind);
        Assert.Equal((Epoch + Second, Epoch + TimeSpan.FromSeconds(31)), (fired.Alert.StartedAt, fired.Alert.FiredAt));
        Assert.Equal((AlertSeverity.Critical, 90, 96.0), (fired.Alert.Severity, fired.Alert.Limit, fired.Alert.Value));
        Assert.Equal(TimeSpan.FromSeconds(30), fired.Alert.PastLimit);
        Assert.Equal("cpu_usage_percent is 96 (percent), above 90 for 30 s.", fired.Alert.Description);
        Assert.Equal([fired.Alert], _evaluator.Active);
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(80.001, true)]
    public void Figure_atItsLimit_keepsIt(double percent, bool fires)
    {
        Feed(percent, samples: 40);

        Assert.Equal(fires, _changes.Count == 1);
    }

    [Fact]
    public void Figure_betweenItsLevels_warns_andBecomesCriticalLater()
    {
        Feed(85, samples: 31);
        Feed(95, samples: 31);

        Assert.Equal([AlertChangeKind.Fired, AlertChangeKind.Escalated], _changes.Select(change => change.Kind));
        Assert.Equal([AlertSeverity.Warning, AlertSeverity.Critical], _changes.Select(change => change.Alert.Severity));
        Assert.Equal([80, 90], _changes.Select(change => change.Alert.Limit));
        Assert.Equal(TimeSpan.FromSeconds(61), _changes[1].Alert.PastLimit);
    }

    [Fact]
    public void Alert_isOver_whenTheFigureWasBackForTheDuration()
    {
        Feed(99, samples: 31);
        Feed(20, samples: 30);
        Assert.Single(_changes);

        Feed(20, samples: 1);

        Assert.Equal(AlertChangeKind.Resolved, _changes[^1].Kind);
        Assert.Equal(Epoch + TimeSpan.FromSeconds(62), _changes[^1].Alert.ResolvedAt);
        Assert.Equal(99, _changes[^1].Alert.Worst);
        Assert.Empty(_evaluator.Active);
    }

    [Fact]
    public void FlappingFigure_neitherFiresNorResolves()
    {
        for (int i = 0; i < 50; i++)
            Feed(i % 2 == 0 ? 95 : 70, samples: 10);
        Assert.Empty(_changes);

        Feed(95, samples: 31);
        for (int i = 0; i < 50; i++)
            Feed(i % 2 == 0 ? 70 : 95, samples: 10);
        Assert.Single(_changes);
    }

    [Fact]
    public void Rule_isQuietWhileItCoolsDown_andFiresAgainAfterwards()
    {
        Feed(95, samples: 31);
        Feed(20, samples: 31); // resolved with the last of these: quiet for a minute from then
        Feed(95, samples: 59);
        Assert.Equal(2, _changes.Count);
        Assert.Equal(AlertState.CoolingDown, Assert.Single(_evaluator.Status).State);

        Feed(95, samples: 1);

        Assert.Equal([AlertChangeKind.Fired, AlertChangeKind.Resolved, AlertChangeKind.Fired], _changes.Select(change => change.Kind));
    }

    [Fact]
    public void Pause_isNoTimePastTheLimit()
    {
        Feed(95, samples: 5);
        Feed(95, samples: 1, interval: TimeSpan.FromHours(8)); // the machine slept
        Feed(95, samples: 29);
        Assert.Empty(_changes);

        Feed(95, samples: 1);

        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(_changes).Alert.PastLimit);
    }

    [Fact]
    public void Pause_endsNoAlert()
    {
        Feed(95, samples: 31);
        Feed(20, samples: 2);
        Feed(20, samples: 1, interval: TimeSpan.FromHours(8));
        Feed(20, samples: 29);
        Assert.Single(_changes);

        Feed(20, samples: 1);

        Assert.Equal(AlertChangeKind.Resolved, _changes[^1].Kind);
    }

    [Fact]
    public void SampleWithoutAnInterval_beginsTheCountingAnew()
    {
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "memory_usage_bytes" }], new Thresholds(), Second);
        Feed(2e9, samples: 29, Memory);
        Feed(2e9, samples: 1, Memory, interval: null); // the sampler was stopped and started again
        Feed(2e9, samples: 29, Memory);

        Assert.Empty(_changes);
    }

    [Fact]
    public void MissingFigure_isNeitherZeroNorPastTheLimit()
    {
        Feed(95, samples: 20);
        Feed(null, samples: 1);
        Feed(95, samples: 11); // 19 s before, 10 s after: the two seconds around the missing one do not count
        Assert.Empty(_changes);

        Feed(95, samples: 1);

        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(_changes).Alert.PastLimit);
    }

    [Fact]
    public void FigureMissingForLong_beginsTheCountingAnew()
    {
        Feed(95, samples: 29);
        Feed(null, samples: 10);
        Feed(95, samples: 30);

        Assert.Empty(_changes);
    }

    [Fact]
    public void FigureThatStaysAway_losesItsAlert_andResolvesNothing()
    {
        Feed(95, samples: 31);
        Feed(null, samples: 300);
        Assert.Single(_changes);

        Feed(null, samples: 1);

        Assert.Equal(AlertChangeKind.Lost, _changes[^1].Kind);
        Assert.Null(_changes[^1].Alert.ResolvedAt);
        Assert.Empty(_evaluator.Active);
    }

    [Fact]
    public void RuleWithoutDuration_firesWithOneSample()
    {
        _evaluator = new AlertEvaluator([Cpu with { Duration = TimeSpan.Zero }], new Thresholds(), Second);

        Feed(81, samples: 1);

        Assert.Single(_changes);
    }

    [Fact]
    public void FigureOfWhichLowIsWorse_firesBelow()
    {
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "cache_hit_ratio", Duration = TimeSpan.Zero, Action = "optimize_cache" }], new Thresholds(), Second);

        Provide(new FigureReading("cache_hit_ratio", null, 0.7));
        Assert.Empty(_changes);
        Provide(new FigureReading("cache_hit_ratio", null, 0.69));
        Provide(new FigureReading("cache_hit_ratio", null, 0.3));

        Assert.Equal([AlertSeverity.Warning, AlertSeverity.Critical], _changes.Select(change => change.Alert.Severity));
        Assert.Equal((0.3, "optimize_cache"), (_changes[^1].Alert.Worst, _changes[^1].Alert.Action));
    }

    [Fact]
    public void Services_areWatchedEachByItself_withTheLimitsOfItsOwn()
    {
        var thresholds = new Thresholds();
        thresholds.Override("orders", "response_time_seconds", 0.2);
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "response_time_seconds", Duration = TimeSpan.Zero }], thresholds, Second);

        Provide(new("response_time_seconds", "orders", 0.3), new("response_time_seconds", "mail", 0.3), new("error_rate_percent", "mail", 99));

        Alert alert = Assert.Single(_changes).Alert;
        Assert.Equal(("orders", 0.2), (alert.Service, alert.Limit));
        Assert.Equal([("orders", AlertState.Firing), ("mail", AlertState.Within)], _evaluator.Status.Select(status => (status.Service!, status.State)));
    }

    [Fact]
    public void RuleForOneService_takesThePlaceOfTheRuleForAll()
    {
        var all = new AlertRule { Figure = "cpu_cores", Duration = TimeSpan.Zero };
        _evaluator = new AlertEvaluator([all, all with { Service = "orders", Warning = 3 }], new Thresholds(), Second);

        Provide(new("cpu_cores", "orders", 2), new("cpu_cores", "mail", 2));

        Assert.Equal("mail", Assert.Single(_changes).Alert.Service);
    }

    [Fact]
    public void FigureOfTheApplication_needsNoThreshold()
    {
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "queue_depth", Warning = 100, Comparison = AlertComparison.AtLeast, Duration = TimeSpan.Zero }], new Thresholds(), Second);

        Provide(new FigureReading("queue_depth", null, double.NaN));
        Provide(new FigureReading("queue_depth", null, 100));

        Assert.Equal("queue_depth is 100, at or above 100 for 0 s.", Assert.Single(_changes).Alert.Description);
    }

    [Fact]
    public void Use_ofOtherLimits_keepsWhatIsCountedWhereTheyAreTheSame()
    {
        Feed(95, samples: 20);
        _evaluator.Use([Cpu], new Thresholds { MemoryBytes = 5 << 20 });
        Feed(95, samples: 11);
        Assert.Single(_changes);
    }

    [Fact]
    public void Use_ofOtherLimits_countsAnewAgainstThem()
    {
        Feed(75, samples: 60);
        _evaluator.Use([Cpu], new Thresholds { CpuPercent = 70 });
        Feed(75, samples: 30);
        Assert.Empty(_changes);
        Feed(75, samples: 1);
        Assert.Equal(70, Assert.Single(_changes).Alert.Limit);
    }

    [Fact]
    public void Use_withoutARule_tellsThatItsAlertIsLost()
    {
        Feed(95, samples: 31);

        Assert.Equal(AlertChangeKind.Lost, Assert.Single(_evaluator.Use([], new Thresholds())).Kind);
        Assert.Empty(_evaluator.Active);
    }

    [Fact]
    public void Disk_isNamedByItsFolder()
    {
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "disk_usage_percent", Duration = TimeSpan.Zero }], new Thresholds(), Second);

        _changes.AddRange(_evaluator.Evaluate(new ResourceSample { Timestamp = Epoch, FullestDisk = new DiskSpace("/data", 92, 8) }));

        Assert.Equal("disk_usage_percent of /data is 92 (percent), above 90 for 0 s.", Assert.Single(_changes).Alert.Description);
    }

    [Fact]
    public void ServicesWithoutEnd_areBounded_andThoseGoneAreForgotten()
    {
        _evaluator = new AlertEvaluator([new AlertRule { Figure = "cpu_cores" }], new Thresholds(), Second);
        FigureReading[] many = [.. Enumerable.Range(0, AlertEvaluator.MostTracks + 5).Select(i => new FigureReading("cpu_cores", $"s{i}", 0))];

        Provide(many);
        Assert.Equal((AlertEvaluator.MostTracks, 5), (_evaluator.Status.Count, _evaluator.Untracked));

        for (int i = 0; i < 301; i++)
            Provide(new FigureReading("cpu_cores", "s0", 0));
        Assert.Equal("s0", Assert.Single(_evaluator.Status).Service);
    }

    [Fact]
    public void Rules_thatAreWrong_areAllNamed()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new AlertEvaluator(
            [
                Cpu with { Duration = TimeSpan.FromDays(2), Service = "orders" },
                new AlertRule { Figure = "startup_time_seconds" },
                new AlertRule { Figure = "queue_depth" },
                new AlertRule { Figure = "cpu_cores", Warning = 2, Critical = 1 },
                new AlertRule { Figure = "cpu_cores", Name = "queue_depth", CoolDown = TimeSpan.FromSeconds(-1) },
            ],
            new Thresholds(), Second));

        Assert.Equal(
            """
            Rules[0].Service is 'orders'; allowed: null, as cpu_usage_percent is of the process.
            Rules[0].Duration is 2.00:00:00; allowed: 00:00:00 to 1.00:00:00.
            Rules[1].Figure is 'startup_time_seconds'; allowed: a figure that samples have; this one only audits judge.
            Rules[2].Warning is null; allowed: a number, as 'queue_depth' is no threshold.
            Rules[3].Critical is 1; allowed: Warning (2) or worse.
            Rules[4].CoolDown is -00:00:01; allowed: 00:00:00 to 7.00:00:00.
            Rules has 2 rules named 'queue_depth'; allowed: one.
            """ + " (Parameter 'rules')",
            refused.Message, ignoreLineEndingDifferences: true);
    }

    /// <summary>An alert cannot fire unless the figure was known to be past its limit for the duration, whatever the samples are.</summary>
    [Fact]
    public void AnySamples_neverFireWithoutTheDurationPastTheLimit() => Prop.ForAll<byte[]>(steps =>
    {
        var evaluator = new AlertEvaluator([Cpu with { Duration = TimeSpan.FromSeconds(3), CoolDown = TimeSpan.Zero }], new Thresholds(), Second);
        TimeSpan past = TimeSpan.Zero;
        bool wasPast = false;
        DateTimeOffset at = Epoch;
        foreach (byte step in steps)
        {
            // Most are past the limit, some are missing; of intervals of 1 to 9 s those over 5 are gaps.
            double? value = (step / 10 % 8) switch { 0 => null, 1 => 50, _ => 95 };
            TimeSpan? interval = step % 10 == 0 ? null : TimeSpan.FromSeconds(step % 10);
            at += interval ?? TimeSpan.Zero;
            IReadOnlyList<AlertChange> changes = evaluator.Evaluate(new ResourceSample { Timestamp = at, Interval = interval, CpuPercent = value });
            bool isPast = value > 80;
            // What a missing figure or a gap leaves standing is at most what was counted before it.
            past = value <= 80 ? TimeSpan.Zero : isPast && wasPast && interval <= TimeSpan.FromSeconds(5) ? past + interval.Value : past;
            wasPast = isPast;
            if (changes.Any(change => change.Kind == AlertChangeKind.Fired && (change.Alert.PastLimit > past || past < TimeSpan.FromSeconds(3))))
                return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    private void Feed(double? percent, int samples) => Feed(percent, samples, Second);

    private void Feed(double? percent, int samples, TimeSpan interval) =>
        Feed(percent, samples, (sample, value) => sample with { CpuPercent = value }, interval);

    private void Feed(double? value, int samples, Func<ResourceSample, double?, ResourceSample> with) => Feed(value, samples, with, Second);

    private void Feed(double? value, int samples, Func<ResourceSample, double?, ResourceSample> with, TimeSpan? interval)
    {
        for (int i = 0; i < samples; i++)
        {
            _now += interval ?? TimeSpan.Zero;
            _changes.AddRange(_evaluator.Evaluate(with(new ResourceSample { Timestamp = Epoch + _now, Interval = interval }, value)));
        }
    }

    private void Provide(params FigureReading[] figures)
    {
        _now += Second;
        _changes.AddRange(_evaluator.Evaluate(new ResourceSample { Timestamp = Epoch + _now, Interval = Second }, figures));
    }

    private static ResourceSample Memory(ResourceSample sample, double? bytes) => sample with { WorkingSetBytes = (long?)bytes };
}

using FsCheck;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class AlertBackTestTests
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AlertRule Cpu = new() { Figure = "cpu_usage_percent" };

    // A minute of peace, 45 seconds at 85 %, two minutes of peace, 40 seconds at 95 %, to the end.
    private static readonly ResourceSample[] Recorded = Samples([.. Series(20, 60), .. Series(85, 45), .. Series(20, 120), .. Series(95, 40)]);

    [Fact]
    public void Run_tellsWhichAlertsWouldHaveFired_whenAndForHowLong()
    {
        AlertBackTest result = AlertBackTest.Run(Recorded, [Cpu with { CoolDown = TimeSpan.Zero }]);

        Assert.Equal(
            [
                (AlertSeverity.Warning, 60, 90, (int?)135, 44.0),
                (AlertSeverity.Critical, 225, 255, null, 39),
            ],
            result.Alerts.Select(alert => (alert.Severity, Seconds(alert.StartedAt)!.Value, Seconds(alert.FiredAt)!.Value, Seconds(alert.ResolvedAt), alert.PastLimit.TotalSeconds)));
        AlertRuleHistory history = Assert.Single(result.Rules);
        Assert.Equal((2, 83.0, 44.0, 95.0, 265), (history.Alerts, history.InAlert.TotalSeconds, history.LongestPastLimit.TotalSeconds, history.Worst, history.SamplesWithFigure));
        Assert.Equal((265, TimeSpan.FromSeconds(265)), (result.Samples, result.Covered));
    }

    [Fact]
    public void Run_overIntervalsThatNoClockHas_doesNotOverflow()
    {
        TimeSpan[] intervals = [TimeSpan.MaxValue, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(-1), TimeSpan.MinValue];
        ResourceSample[] samples = [.. intervals.Select(interval => new ResourceSample { Timestamp = Epoch, Interval = interval, CpuPercent = 95 })];

        AlertBackTest result = AlertBackTest.Run(samples, [Cpu, new AlertRule { Figure = "disk_usage_percent" }]);

        Assert.Equal((0, TimeSpan.Zero), (result.Alerts.Count, result.Covered));
    }

    [Fact]
    public void Run_underOtherLimits_tellsAnotherStory()
    {
        Assert.Equal(255, Seconds(Assert.Single(AlertBackTest.Run(Recorded, [Cpu], new Thresholds { CpuPercent = 90 }).Alerts).FiredAt));
        AlertRuleHistory longer = Assert.Single(AlertBackTest.Run(Recorded, [Cpu with { Duration = TimeSpan.FromMinutes(1) }]).Rules);
        Assert.Equal((0, TimeSpan.FromSeconds(44)), (longer.Alerts, longer.LongestPastLimit));
    }

    [Fact]
    public void Run_withTheCoolDownOfFiveMinutes_keepsTheSecondQuiet() => Assert.Single(AlertBackTest.Run(Recorded, [Cpu]).Alerts);

    [Fact]
    public void Run_ofAFigureThatNobodyRecorded_saysSo()
    {
        AlertBackTest result = AlertBackTest.Run(Recorded, [new AlertRule { Figure = "disk_usage_percent" }, new AlertRule { Figure = "cpu_cores" }]);

        Assert.Empty(result.Alerts);
        Assert.All(result.Rules, rule => Assert.Equal((0, null), (rule.SamplesWithFigure, rule.Worst)));
        Assert.Equal([90, 0.8], result.Rules.Select(rule => rule.Levels.Warning));
    }

    [Fact]
    public void Run_withFiguresOfServices_judgesEach()
    {
        FigureReading[][] figures = [.. Enumerable.Range(0, Recorded.Length).Select(i => new FigureReading[] { new("cpu_cores", "orders", i < 100 ? 2 : null), new("cpu_cores", "mail", 0.1) })];

        AlertBackTest result = AlertBackTest.Run(Recorded, [new AlertRule { Figure = "cpu_cores" }], figures: figures);

        Assert.Equal("orders", Assert.Single(result.Alerts).Service);
        Assert.Equal([("orders", 100), ("mail", 265)], result.Rules.Select(rule => (rule.Service!, rule.SamplesWithFigure)));
    }

    [Fact]
    public void Run_ofNothing_isNothing()
    {
        AlertBackTest result = AlertBackTest.Run([], [Cpu]);

        Assert.Empty(result.Alerts);
        Assert.Equal((0, TimeSpan.Zero), (result.Samples, result.Covered));
    }

    [Fact]
    public void Run_withThresholdsThatAreWrong_isRefused()
    {
        Assert.Throws<ArgumentException>(() => AlertBackTest.Run(Recorded, [Cpu], new Thresholds { CpuPercent = 101 }));
        Assert.Throws<ArgumentException>(() => AlertBackTest.Run(Recorded, [Cpu], figures: [[]]));
    }

    /// <summary>What is judged sample by sample while a process runs, and afterwards, is the same.</summary>
    [Fact]
    public void Run_agreesWithTheEvaluator() => Prop.ForAll<byte[]>(steps =>
    {
        ResourceSample[] samples = Samples([.. steps.Select(step => step % 5 == 0 ? (double?)null : step % 100)]);
        AlertRule rule = Cpu with { Warning = 40, Critical = 60, Duration = TimeSpan.FromSeconds(2), CoolDown = TimeSpan.FromSeconds(3) };
        var live = new AlertEvaluator([rule], new Thresholds(), TimeSpan.FromSeconds(1));
        var fired = new List<DateTimeOffset>();
        foreach (ResourceSample sample in samples)
            fired.AddRange(live.Evaluate(sample).Where(change => change.Kind == AlertChangeKind.Fired).Select(change => change.Alert.FiredAt));
        return fired.SequenceEqual(AlertBackTest.Run(samples, [rule]).Alerts.Select(alert => alert.FiredAt));
    }).QuickCheckThrowOnFailure();

    private static int? Seconds(DateTimeOffset? at) => at is { } moment ? (int)(moment - Epoch).TotalSeconds : null;

    private static IEnumerable<double?> Series(double percent, int seconds) => Enumerable.Repeat((double?)percent, seconds);

    private static ResourceSample[] Samples(double?[] cpu) =>
        [.. cpu.Select((percent, i) => new ResourceSample { Timestamp = Epoch.AddSeconds(i), Interval = TimeSpan.FromSeconds(1), CpuPercent = percent })];
}

using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

public sealed class RegressionDetectorTests
{
    private static readonly RegressionDetector Detector = new(new RegressionOptions { StatesPower = false });

    [Fact]
    public void Judge_step_names_levels_severity_and_commits()
    {
        RegressionVerdict verdict = Detector.Judge(Histories.Of(Histories.Noisy(100, 12, run => run < 94 ? 0 : 40)));

        Assert.Equal((RegressionOutcome.Regression, RegressionKind.Step, RegressionSeverity.Minor), (verdict.Outcome, verdict.Kind, verdict.Severity));
        Assert.InRange(verdict.Ratio!.Value, 1.37, 1.43);
        Assert.InRange(verdict.LevelBefore!.Value, 11.9, 12.1);
        Assert.Equal("c94", verdict.Range!.Likeliest.Commit);
        Assert.True(verdict.Range.LastGood.FinishedAt < verdict.Range.Likeliest.FinishedAt);
        Assert.StartsWith("duration of parser: became worse, 12", verdict.Sentence);
        Assert.Contains("×), since c", verdict.Sentence);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public async Task Judge_value_that_is_not_finite_is_refused(double value, string shown)
    {
        double[] values = Histories.Noisy(40, 12, _ => 0);
        values[7] = value;
        IReadOnlyList<MetricPoint> history = Histories.Of(values);

        ArgumentException refused = Assert.Throws<ArgumentException>("history", () => Detector.Judge(history));
        await Assert.ThrowsAsync<ArgumentException>("history", () => Detector.JudgeAsync(history, null, _ => Task.FromResult<IReadOnlyList<double>>([1])));

        Assert.StartsWith($"history[7].Figure.Value is {shown}; allowed is a finite number.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_creep_that_passes_every_step_is_a_drift()
    {
        RegressionVerdict verdict = Detector.Judge(Histories.Of(Histories.Noisy(100, 12, run => 0.15 * Math.Max(0, run - 69))));

        Assert.Equal((RegressionOutcome.Regression, RegressionKind.Drift), (verdict.Outcome, verdict.Kind));
        Assert.Contains("bit by bit", verdict.Sentence);
    }

    [Theory]
    [InlineData(1.19, RegressionSeverity.Slight)]
    [InlineData(1.21, RegressionSeverity.Minor)]
    [InlineData(1.99, RegressionSeverity.Minor)]
    [InlineData(2.01, RegressionSeverity.Critical)]
    public void Judge_severity_follows_the_ratio(double ratio, RegressionSeverity expected)
    {
        double[] values = [.. Enumerable.Repeat(1000.0, 5), 1000 * ratio];

        Assert.Equal(expected, Detector.Judge(Histories.Of(values, "allocated", "B")).Severity);
    }

    [Fact]
    public void Judge_throughput_less_is_worse()
    {
        double[] values = Histories.Noisy(100, 5000, run => run < 90 ? 0 : -50);

        RegressionVerdict fell = Detector.Judge(Histories.Of(values, "throughput", "1/s"));
        RegressionVerdict rose = Detector.Judge(Histories.Of(Histories.Noisy(100, 5000, run => run < 90 ? 0 : 50), "throughput", "1/s"));

        Assert.Equal((RegressionOutcome.Regression, RegressionSeverity.Critical), (fell.Outcome, fell.Severity));
        Assert.InRange(fell.Ratio!.Value, 1.9, 2.1);
        Assert.Equal(RegressionOutcome.Unchanged, rose.Outcome);
    }

    [Fact]
    public void Judge_allocated_bytes_are_gated_to_the_byte()
    {
        RegressionVerdict more = Detector.Judge(Histories.Of([1024, 1024, 1024, 1025], "allocated", "B"));

        Assert.Equal((RegressionOutcome.Regression, RegressionKind.Exact, "c3"), (more.Outcome, more.Kind, more.Range!.FirstBad.Commit));
        Assert.Equal("c2", more.Range.LastGood.Commit);
        Assert.False(more.WantsConfirmation);
        Assert.Equal(RegressionOutcome.Unchanged, Detector.Judge(Histories.Of([1024, 1024, 1024.3], "allocated", "B")).Outcome);
        Assert.Equal(RegressionOutcome.Unchanged, Detector.Judge(Histories.Of([1024, 1024, 1000], "allocated", "B")).Outcome);
    }

    [Fact]
    public void Judge_exact_metric_with_a_tolerance_may_move_within_it()
    {
        var detector = new RegressionDetector(new RegressionOptions { Rule = (_, _) => new MetricRule(IsExact: true, Tolerance: 0.01) });

        Assert.Equal(RegressionOutcome.Unchanged, detector.Judge(Histories.Of([1000, 1000, 1010], "allocated", "B")).Outcome);
        Assert.Equal(RegressionOutcome.Regression, detector.Judge(Histories.Of([1000, 1000, 1011], "allocated", "B")).Outcome);
    }

    [Fact]
    public void Judge_machines_are_not_compared_silently()
    {
        MetricPoint[] old = Histories.Of(Histories.Noisy(60, 10, _ => 0), machine: "slow");
        MetricPoint[] recent = [.. Histories.Of(Histories.Noisy(70, 20, _ => 0), machine: "other").Skip(60)];

        RegressionVerdict verdict = Detector.Judge([.. old, .. recent]);

        Assert.Equal((RegressionOutcome.TooLittleHistory, 10, 20, 60), (verdict.Outcome, verdict.Runs, verdict.RunsNeeded, verdict.OtherMachineRuns));
        Assert.Equal("duration of parser: too little history to tell, 20 runs more on this machine needed. 60 runs of other machines were not compared.", verdict.Sentence);
    }

    [Fact]
    public void Judge_says_what_moved_with_it()
    {
        MetricPoint[] durations = Histories.Of(Histories.Noisy(100, 12, run => run < 90 ? 0 : 30));
        MetricPoint[] allocated = Histories.Of(Enumerable.Range(0, 100).Select(run => run < 90 ? 1000.0 : 5000), "allocated", "B");
        MetricPoint[] pauses = Histories.Of(Histories.Noisy(100, 2, run => run < 90 ? 0 : 60, seed: 2), "gc.pause");
        MetricPoint[] cpu = Histories.Of(Histories.Noisy(100, 7, _ => 0, seed: 3), "cpu");

        RegressionVerdict verdict = Detector.Judge(durations, [durations, allocated, pauses, cpu]);

        Assert.Equal(["allocated", "gc.pause"], verdict.MovedWith.Select(moved => moved.Metric));
        Assert.Null(verdict.MovedWith[0].PValue);
        Assert.InRange(verdict.MovedWith[1].PValue!.Value, 0, 0.001);
        Assert.Contains("With it moved allocated of parser 1000 B → 5000 B (5.00×), gc.pause", verdict.Sentence);
    }

    [Fact]
    public async Task JudgeAsync_one_bad_run_is_a_suspect_that_pairs_acquit()
    {
        MetricPoint[] history = Histories.Of([.. Histories.Noisy(99, 12, _ => 0), 30]);
        var random = new Random(5);
        int good = 0, newest = 0;

        RegressionVerdict suspect = Detector.Judge(history);
        RegressionVerdict acquitted = await Detector.JudgeAsync(history, null, new PairedRerun(
            _ => Task.FromResult(12 + 0.1 * Histories.Normal(random) + 0 * good++), _ => Task.FromResult(12 + 0.1 * Histories.Normal(random) + 0 * newest++)));

        Assert.Equal(RegressionOutcome.Suspect, suspect.Outcome);
        Assert.True(suspect.WantsConfirmation);
        Assert.Equal((RegressionOutcome.NotConfirmed, 16, 16), (acquitted.Outcome, good, newest));
        Assert.False(acquitted.WantsConfirmation);
        Assert.Contains("but 32 runs in pairs did not confirm it", acquitted.Sentence);
    }

    [Fact]
    public async Task JudgeAsync_one_bad_run_that_stays_bad_is_confirmed()
    {
        MetricPoint[] history = Histories.Of([.. Histories.Noisy(99, 12, _ => 0), 15]);
        var random = new Random(5);

        RegressionVerdict pairs = await Detector.JudgeAsync(history, null, new PairedRerun(
            _ => Task.FromResult(12 + 0.1 * Histories.Normal(random)), _ => Task.FromResult(15 + 0.1 * Histories.Normal(random))));
        RegressionVerdict alone = await Detector.JudgeAsync(
            history, null, _ => Task.FromResult<IReadOnlyList<double>>([15, 15.1, 14.9, 15, 15.2]), CancellationToken.None);

        Assert.Equal((RegressionOutcome.Regression, true), (pairs.Outcome, pairs.Confirmation!.Paired));
        Assert.Equal((RegressionOutcome.Regression, 5), (alone.Outcome, alone.Confirmation!.Runs));
        Assert.Contains("and 5 runs more confirmed it", alone.Sentence);
    }

    [Fact]
    public async Task JudgeAsync_rerun_that_measured_nothing_acquits_nobody()
    {
        MetricPoint[] history = Histories.Of(Histories.Noisy(100, 12, run => run < 94 ? 0 : 40));

        RegressionVerdict none = await Detector.JudgeAsync(history, null, _ => Task.FromResult<IReadOnlyList<double>>([double.NaN, 0]), CancellationToken.None);
        RegressionVerdict broken = await Detector.JudgeAsync(history, null, new PairedRerun(_ => Task.FromResult(12.0), _ => Task.FromResult(double.NaN)));

        Assert.All([none, broken], verdict => Assert.Equal((RegressionOutcome.Regression, null), (verdict.Outcome, verdict.Confirmation)));
    }

    [Fact]
    public void Judge_figures_in_another_unit_are_another_history()
    {
        MetricPoint[] seconds = Histories.Of(Histories.Noisy(60, 0.01, _ => 0), unit: "s");
        MetricPoint[] milliseconds = [.. Histories.Of(Histories.Noisy(70, 10, _ => 0)).Skip(60)];

        RegressionVerdict verdict = Detector.Judge([.. seconds, .. milliseconds]);

        Assert.Equal((RegressionOutcome.TooLittleHistory, 10, 20, 0), (verdict.Outcome, verdict.Runs, verdict.RunsNeeded, verdict.OtherMachineRuns));
    }

    [Fact]
    public async Task JudgeAsync_unsuspected_runs_are_not_run_again()
    {
        MetricPoint[] history = Histories.Of([.. Histories.Noisy(99, 12, _ => 0), 11.5]);

        RegressionVerdict verdict = await Detector.JudgeAsync(
            history, null, (Func<CancellationToken, Task<IReadOnlyList<double>>>)(_ => throw new InvalidOperationException("Not set up.")));

        Assert.Equal(RegressionOutcome.Unchanged, verdict.Outcome);
        Assert.Null(verdict.Confirmation);
    }

    [Fact]
    public void Judge_power_is_computed_from_the_noise()
    {
        GatePower quiet = PowerOf(1), loud = PowerOf(4);

        Assert.InRange(quiet.SmallestRatio!.Value, 1.01, 1.04);
        Assert.InRange(Math.Log(loud.SmallestRatio!.Value) / Math.Log(quiet.SmallestRatio.Value), 3.3, 4.7);
        Assert.True(quiet.SmallestRatioWithReruns < quiet.SmallestRatio);
        Assert.StartsWith("This gate cannot see less than ", quiet.Sentence);
        Assert.True(loud.RunsToTarget is null or > 10);

        static GatePower PowerOf(double percent)
        {
            var random = new Random(9);
            double[] values = [.. Enumerable.Range(0, 120).Select(_ => 10 * (1 + percent * Histories.Normal(random) / 100))];
            return new RegressionDetector().Judge(Histories.Of(values)).Power!;
        }
    }

    [Fact]
    public async Task JudgeNewestAsync_judges_every_metric_of_the_newest_run_the_worst_first()
    {
        var store = new FixedStore(
            Histories.Of(Histories.Noisy(60, 12, _ => 0)),
            Histories.Of(Enumerable.Range(0, 60).Select(run => run < 59 ? 100.0 : 300), "allocated", "B"),
            Histories.Of(Histories.Noisy(60, 5, _ => 0), "duration.deviation"),
            [.. Histories.Of(Histories.Noisy(30, 5, _ => 0), service: "retired")]);

        IReadOnlyList<RegressionVerdict> verdicts = await Detector.JudgeNewestAsync(store, new MetricQuery());

        Assert.Equal(["allocated", "duration"], verdicts.Select(verdict => verdict.Newest.Figure.Metric));
        Assert.Equal((RegressionOutcome.Regression, RegressionSeverity.Critical), (verdicts[0].Outcome, verdicts[0].Severity));
    }

    [Fact]
    public void Judge_nothing_or_a_metric_without_direction_is_refused()
    {
        Assert.Throws<ArgumentException>("history", () => Detector.Judge([]));
        Assert.Throws<ArgumentException>("history", () => Detector.Judge(Histories.Of([1, 2], "duration.count", "")));
    }

    [Fact]
    public void Constructor_options_out_of_range_are_refused_all_at_once()
    {
        var options = new RegressionOptions { FalseAlarmRate = 0, MinorRatio = 1, CriticalRatio = 0.5, Pairs = 5 };

        string message = Assert.Throws<ArgumentException>(nameof(options), () => new RegressionDetector(options)).Message;

        Assert.Contains("FalseAlarmRate is 0; allowed is above 0 and below 0.1.", message);
        Assert.Contains("Pairs is 5; allowed is from 6 to 200.", message);
        Assert.Contains("MinorRatio is 1; allowed is a finite number above 1.", message);
        Assert.Contains("CriticalRatio is 0.5; allowed is above MinorRatio.", message);
    }
}

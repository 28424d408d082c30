using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Turns steps of badness into ratios that people know.</summary>
internal static class PowerReading
{
    public static GatePower? Of(History history, RegressionOptions options)
    {
        var asked = new LatestChangeOptions { FalseAlarmRate = options.FalseAlarmRate, Window = options.Window, MinimumCount = options.MinimumRuns };
        LatestChangePower? alone = LatestChange.Power(history.Badness, asked);
        LatestChangePower? rerun = LatestChange.Power(history.Badness, asked with { FalseAlarmRate = options.SuspectRate });
        if (alone is null || rerun is null)
            return null;

        int runs = Math.Min(options.PowerRuns, alone.MostRuns);
        double target = 1 + options.PowerTarget;
        return new GatePower
        {
            Probability = options.PowerProbability,
            Runs = runs,
            MostRuns = alone.MostRuns,
            SmallestRatio = Ratio(alone),
            SmallestRatioWithReruns = Ratio(rerun),
            TargetRatio = target,
            RunsToTarget = history.StepOfRatio(target, alone.Level) is { } step ? alone.RunsToSee(step, options.PowerProbability) : null,
        };

        double? Ratio(LatestChangePower power) =>
            power.SmallestStep(options.PowerProbability, runs) is { } smallest ? history.RatioOfStep(smallest, power.Level) : null;
    }
}

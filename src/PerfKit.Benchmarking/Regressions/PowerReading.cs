using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Turns steps of badness into ratios that people know.</summary>
internal static class PowerReading
{
    /// <summary>Steps are looked for between so many noise widths, to 2 %.</summary>
    private const double LeastStep = 0.125, LargestStep = 32;
    private const int Halvings = 8;

    public static GatePower? Of(History history, RegressionOptions options)
    {
        var asked = new LatestChangeOptions { FalseAlarmRate = options.FalseAlarmRate, Window = options.Window, MinimumCount = options.MinimumRuns };
        if (LatestChange.Power(history.Badness, asked) is not { } alone)
            return null;

        int runs = Math.Min(options.PowerRuns, alone.MostRuns);
        double target = 1 + options.PowerTarget;
        return new GatePower
        {
            Probability = options.PowerProbability,
            Runs = runs,
            MostRuns = alone.MostRuns,
            SmallestRatio = Ratio(alone.SmallestStep(options.PowerProbability, runs)),
            SmallestRatioWithReruns = Ratio(SmallestConfirmed(alone.At(options.SuspectRate), new PairPower(history.Badness, options), runs, options.PowerProbability)),
            TargetRatio = target,
            RunsToTarget = history.StepOfRatio(target, alone.Level) is { } step ? alone.RunsToSee(step, options.PowerProbability) : null,
        };

        double? Ratio(double? step) => step is { } smallest ? history.RatioOfStep(smallest, alone.Level) : null;
    }

    /// <summary>It must become a suspect, and then the pairs must confirm it; that a later run gives it another chance is not counted.</summary>
    private static double? SmallestConfirmed(LatestChangePower suspects, PairPower pairs, int runs, double probability)
    {
        double low = LeastStep * suspects.Noise, high = LargestStep * suspects.Noise;
        if (!IsSeen(high))
            return null;

        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(low * high);
            if (IsSeen(middle))
                high = middle;
            else
                low = middle;
        }

        return high;

        bool IsSeen(double step) => pairs.Of(step) is var confirmed && confirmed >= probability && suspects.Sees(step, probability / confirmed, runs);
    }
}

using System.Globalization;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Statistics;

namespace PerfKit;

/// <summary>Follows up a run-time recommendation: its figure in a report before and in one after.</summary>
internal static class RuntimeFollowUp
{
    private const double SureBy = 0.95;
    private const int MinSamples = 8;

    // Where noise is not known, less than a tenth is no change; and a load that changed by a fifth is another load.
    private const double Notable = 0.1;
    private const double OtherLoad = 0.2;

    public static RecommendationFollowUp Of(Recommendation advice, RuntimeReport before, RuntimeReport after)
    {
        var followUp = new RecommendationFollowUp { Title = advice.Title, Verdict = FollowUpVerdict.CannotTell, Reason = "", Expected = advice.Expected, Predicted = advice.Saving };
        if (advice.Expected is not { } expected || VerifiableFigure.Named(expected.Figure) is not { } figure)
            return followUp with { Reason = "The recommendation names no figure that a run-time report has." };
        Observations first = Seen(before), second = Seen(after);
        string of = expected.Of ?? "";
        followUp = followUp with { Before = Known(figure.Value(first, of)), After = Known(figure.Value(second, of)) };
        if (followUp is not { Before: double was, After: double now })
            return followUp with { Reason = $"{Named(expected)} is not in the report {(followUp.Before is null ? "before" : "after")}." };
        double aim = was - expected.Expected;
        followUp = followUp with { Achieved = was - now, AchievedShare = aim > 0 && double.IsFinite(aim) ? (was - now) / aim : null };
        if (before.Machine.Fingerprint != after.Machine.Fingerprint)
            return followUp with { Reason = "The reports come from different machines." };

        if (!(aim > 0 && double.IsFinite(aim)))
            return followUp with { Reason = $"{Named(expected)} was {Told(was, expected)} and is {Told(now, expected)}; {Told(expected.Expected, expected)} was expected, which is no gain to hold it against." };

        (int direction, double? confidence) = Direction(figure, first, second, was, now);
        string told = $"{Named(expected)} was {Told(was, expected)} and is {Told(now, expected)}; {Told(expected.Expected, expected)} was expected.{Noise(confidence)}";
        followUp = followUp with { Confidence = confidence, Reason = told };
        // Less work explains a better figure, and more work a worse one: neither says anything of the advice.
        if (LoadChange(before, after) is double change && ((direction < 0 && change < -OtherLoad) || (direction >= 0 && change > OtherLoad)))
            return followUp with { Reason = $"{told} But the load changed by {(change * 100).ToString("+0;-0", CultureInfo.InvariantCulture)} %." };
        return followUp with
        {
            Verdict = direction > 0 ? FollowUpVerdict.Worse
                : direction == 0 ? FollowUpVerdict.NoEffect
                : followUp.AchievedShare >= 0.5 ? FollowUpVerdict.Achieved : FollowUpVerdict.PartlyAchieved,
        };
    }

    /// <summary>−1 where the figure fell, 1 where it rose, by more than noise; 0 where neither is sure.</summary>
    private static (int Direction, double? Confidence) Direction(VerifiableFigure figure, Observations before, Observations after, double was, double now)
    {
        double[] first = Values(figure, before), second = Values(figure, after);
        if (first.Length >= MinSamples && second.Length >= MinSamples)
        {
            MannWhitneyResult compared = MannWhitney.Compare(first, second, SureBy);
            // The figure of the window and most of the samples must agree: a mean may hang on one of them.
            return (compared.ShiftHigh < 0 && now < was ? -1 : compared.ShiftLow > 0 && now > was ? 1 : 0, SureBy);
        }
        return (Math.Abs(now - was) < Notable * Math.Abs(was) ? 0 : Math.Sign(now - was), null);
    }

    private static double? Known(double? figure) => figure is double value && double.IsFinite(value) ? value : null;

    private static double[] Values(VerifiableFigure figure, Observations seen) =>
        figure.Sampled is { } sampled ? [.. seen.Samples.Select(sampled).OfType<double>()] : [];

    // Operations say best how much was done; entries of service contexts next best, if they are more than a few loops.
    private static double? LoadChange(RuntimeReport before, RuntimeReport after)
    {
        const int least = 100;
        foreach (Func<RuntimeReport, long> load in (Func<RuntimeReport, long>[])[report => report.Operations.Sum(operation => operation.Count), report => Usage(report).Services.Sum(usage => usage.Entries)])
        {
            if (load(before) >= least && load(after) >= least && before.Duration > TimeSpan.Zero && after.Duration > TimeSpan.Zero)
                return (load(after) / after.Duration.TotalSeconds / (load(before) / before.Duration.TotalSeconds)) - 1;
        }
        return null;
    }

    private static Observations Seen(RuntimeReport report) => new()
    {
        Application = report.Application,
        Samples = report.Samples,
        Usage = Usage(report),
        Operations = report.Operations,
        ProcessCpu = report.ProcessCpu,
    };

    private static UsageSnapshot Usage(RuntimeReport report) =>
        new UsageSnapshot { TakenAt = report.CreatedAt, Window = report.Duration, Services = report.Usage }.OfApplication();

    private static string Named(ExpectedFigure expected) => expected.Of is { } of ? $"{expected.Figure} ({of})" : expected.Figure;

    private static string Told(double value, ExpectedFigure expected) => DocumentParts.Of(value, expected.Unit).Format();

    private static string Noise(double? confidence) => confidence is null ? " Its noise is not known: a change of a tenth counts." : "";
}

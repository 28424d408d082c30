using PerfKit;
using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace StartupLab;

/// <summary>The recommendations of an audit that the site can follow by itself: changes of order, not of what a service does.</summary>
internal static class Advice
{
    /// <summary>The first ones, as PerfKit ranks them.</summary>
    public static IReadOnlyList<StartPlan> Of(StartupReport report, int top) => report.Recommendations
        .Where(advice => advice.Changes.Count > 0 && advice.Changes.All(change => change.Kind != StartupChangeKind.Speed))
        .Take(top).Select(advice => new StartPlan(advice.Changes)).ToArray();

    /// <summary>What PerfKit predicts that a plan saves, from the records of one start.</summary>
    public static TimeSpan Predict(StartupReport plain, StartPlan plan) =>
        new StartupWhatIf(plain.ToSnapshot(), Environment.ProcessorCount).Predict([.. plan.Changes]).Saving;
}

using PerfKit.Analysis;

namespace PerfKit;

/// <summary>One list of what answers bottlenecks and what would shorten a start anyway.</summary>
internal static class StartupAdvice
{
    /// <summary>Each advice once, with the bottleneck's priority and evidence where it answers one.</summary>
    public static IReadOnlyList<Recommendation> Merge(IReadOnlyList<Recommendation> answers, IReadOnlyList<Recommendation> opportunities, TimeSpan total)
    {
        static (RuleId, string, string) Key(Recommendation advice) => (advice.Rule, advice.Service, advice.Title);
        HashSet<(RuleId, string, string)> answered = answers.Select(Key).ToHashSet();
        IEnumerable<Recommendation> startup = answers.Where(advice => advice.Rule == Rule.StartupSlow)
            .Concat(opportunities.Where(advice => !answered.Contains(Key(advice))));
        return
        [
            .. startup.OrderByDescending(advice => advice.Saving?.AtLeast ?? -1).ThenByDescending(advice => advice.Saving?.AtMost ?? -1).Select(advice => VerifiableFigure.Expecting(advice, total)),
            .. answers.Where(advice => advice.Rule != Rule.StartupSlow),
        ];
    }
}

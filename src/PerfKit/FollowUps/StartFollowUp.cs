using PerfKit.Analysis;

namespace PerfKit;

/// <summary>Follows up a start-up recommendation, by the comparison of starts.</summary>
internal static class StartFollowUp
{
    public static RecommendationFollowUp Of(Recommendation advice, IReadOnlyList<StartupReport> before, IReadOnlyList<StartupReport> after)
    {
        StartupComparison comparison = StartupComparison.Of(before, after);
        var followUp = new RecommendationFollowUp
        {
            Title = advice.Title,
            Verdict = FollowUpVerdict.CannotTell,
            Reason = "",
            Expected = advice.Expected,
            Predicted = advice.Saving,
            Before = comparison.Total.Before?.TotalSeconds,
            After = comparison.Total.After?.TotalSeconds,
            Confidence = comparison.Total.Confidence,
        };
        StartupFollowUp? same = comparison.FollowUps.FirstOrDefault(other => other.Title == advice.Title);
        if (same is null)
            return followUp with { Reason = "The starts before do not carry this advice, or it changes nothing that a start shows." };
        if (comparison.Machines.Count > 1)
            return followUp with { Reason = "The starts come from different machines." };
        if (same.Followed == StartupFollowed.No)
            return followUp with { Verdict = FollowUpVerdict.NotFollowed, Reason = $"Nothing shows that it was followed: {same.Sign}." };
        if (same.Achieved is not { } achieved)
            return followUp with { Reason = $"It was followed: {same.Sign}. The critical path was not kept, so the saving is not known." };

        if (same.Predicted <= TimeSpan.Zero || advice.Expected is { } expected && !(expected.Before - expected.Expected > 0))
            return followUp with { Achieved = achieved.TotalSeconds, Reason = $"It was followed: {same.Sign}. But no saving was predicted that it could be held against." };

        double share = achieved / same.Predicted;
        StartupVerdict total = comparison.Total.Verdict;
        followUp = followUp with
        {
            Achieved = achieved.TotalSeconds,
            AchievedShare = share,
            Reason = $"{same.Sign}; start-up waits {DocumentParts.Seconds(achieved).Format()} less for it, {(same.IsUpperBound ? "up to " : "")}{DocumentParts.Seconds(same.Predicted).Format()} was predicted. "
                + $"Start-up took {DocumentParts.Seconds(comparison.Total.Before).Format()} and takes {DocumentParts.Seconds(comparison.Total.After).Format()}"
                + (comparison.Total.Confidence is null ? "; with fewer than three starts a side its noise is not known." : "."),
        };
        return followUp with
        {
            Verdict = total == StartupVerdict.Slower || (total == StartupVerdict.NoiseUnknown && comparison.AchievedSaving < -same.Predicted / 2) ? FollowUpVerdict.Worse
                : achieved <= TimeSpan.Zero || total == StartupVerdict.Alike ? FollowUpVerdict.NoEffect
                : share >= 0.5 ? FollowUpVerdict.Achieved : FollowUpVerdict.PartlyAchieved,
        };
    }
}

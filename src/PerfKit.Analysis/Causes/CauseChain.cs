namespace PerfKit.Analysis;

/// <summary>Hangs consequences under their causes, so that one fault is one finding.</summary>
internal static class CauseChain
{
    // Every finding is held against every other: this many take some tenths of a second at worst.
    private const int MostLinked = 500;

    /// <summary>The roots, each with its consequences; one whose consequence is worse takes over its impact.</summary>
    public static IReadOnlyList<Bottleneck> Link(IReadOnlyList<Bottleneck> found, Observations observations)
    {
        if (found.Count > MostLinked)
        {
            Bottleneck[] byImpact = [.. found.OrderByDescending(bottleneck => bottleneck.ImpactScore)];
            return [.. Link(byImpact[..MostLinked], observations), .. byImpact[MostLinked..]];
        }
        var causeOf = new int?[found.Count];
        for (int effect = 0; effect < found.Count; effect++)
            causeOf[effect] = CauseOf(effect, found, observations);
        return [.. Under(null, causeOf, found)];
    }

    /// <summary>The worst of those that can have brought it about.</summary>
    private static int? CauseOf(int effect, IReadOnlyList<Bottleneck> found, Observations observations)
    {
        int? best = null;
        for (int cause = 0; cause < found.Count; cause++)
        {
            bool holds = cause != effect && CauseRule.All.Any(rule => rule.Cause == found[cause].Type && rule.Effect == found[effect].Type
                && rule.Holds(found[cause], found[effect], observations));
            if (holds && (best is not int other || found[cause].ImpactScore > found[other].ImpactScore))
                best = cause;
        }
        return best;
    }

    private static IEnumerable<Bottleneck> Under(int? cause, int?[] causeOf, IReadOnlyList<Bottleneck> found)
    {
        for (int i = 0; i < found.Count; i++)
        {
            if (causeOf[i] != cause)
                continue;
            Bottleneck[] consequences = [.. Under(i, causeOf, found).OrderByDescending(consequence => consequence.ImpactScore)];
            yield return consequences.Length == 0
                ? found[i]
                : found[i] with
                {
                    Consequences = consequences,
                    ImpactScore = Math.Max(found[i].ImpactScore, consequences[0].ImpactScore),
                    Severity = consequences.Select(consequence => consequence.Severity).Append(found[i].Severity).Max(),
                };
        }
    }
}

namespace PerfKit.Analysis;

/// <summary>Collects the advice on each root cause: of the detector that found it, then of the rules. No advice without evidence.</summary>
/// <param name="detectors">The detectors, each with its rule.</param>
/// <param name="rules">Rules beside them.</param>
/// <param name="failed">Told of who threw, or gave advice that is none.</param>
internal sealed class Adviser(ILookup<RuleId, IBottleneckDetector> detectors, IReadOnlyList<IRecommendationRule> rules, Action<object, Exception> failed)
{
    public IReadOnlyList<Recommendation> Advise(IReadOnlyList<Bottleneck> roots, Observations observations) =>
    [
        .. roots.SelectMany(root => Advise(root, observations).Select(advice => VerifiableFigure.Expecting(advice, root, observations))).DistinctBy(advice => (advice.Rule, advice.Service, advice.Title)),
    ];

    // The cause is what there is something to be done about; its detector knows what.
    private IEnumerable<Recommendation> Advise(Bottleneck root, Observations observations)
    {
        foreach (IBottleneckDetector detector in detectors[root.Rule])
        {
            Recommendation[] own = Checked(detector, () => detector.Recommend(root, observations) is { } advice ? [advice] : []);
            foreach (Recommendation advice in own)
                yield return advice;
            if (own.Length > 0)
                break;
        }
        foreach (Recommendation advice in rules.SelectMany(rule => Checked(rule, () => rule.Recommend(root, observations))))
            yield return advice;
    }

    private Recommendation[] Checked(object adviser, Func<IReadOnlyList<Recommendation>> recommend)
    {
        try
        {
            Recommendation[] some = [.. recommend()];
            Array.ForEach(some, FindingRules.Check);
            return some;
        }
        catch (Exception exception) // a user's rule must not cost the others' advice
        {
            failed(adviser, exception);
            return [];
        }
    }
}

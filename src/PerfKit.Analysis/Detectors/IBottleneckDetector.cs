namespace PerfKit.Analysis;

/// <summary>
/// Turns observations into bottlenecks, and a bottleneck into advice. A detector is a pure function: it keeps no state,
/// reads no clock and does no I/O, so any thread may call it at any time.
/// </summary>
public interface IBottleneckDetector
{
    /// <summary>The rule that its findings carry.</summary>
    RuleId Rule { get; }

    /// <summary>Looks for the rule's bottleneck.</summary>
    /// <param name="observations">What was measured; parts may be missing.</param>
    /// <param name="thresholds">The limits.</param>
    /// <returns>What was found, in any order; empty when all is well or when the data does not suffice.</returns>
    IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds);

    /// <summary>Says what to do about a bottleneck of this rule.</summary>
    /// <param name="bottleneck">One that <see cref="Detect"/> returned for the same observations.</param>
    /// <param name="observations">What was measured.</param>
    /// <returns>The advice; <c>null</c> when the evidence supports none.</returns>
    Recommendation? Recommend(Bottleneck bottleneck, Observations observations);

    /// <summary>Says what the rule saw and why it did or did not find something.</summary>
    /// <param name="observations">What was measured.</param>
    /// <param name="thresholds">The limits.</param>
    /// <returns>The explanation; unless a detector has a better one, only whether it found something.</returns>
    Explanation Explain(Observations observations, Thresholds thresholds) => Judgement.Of(Detect(observations, thresholds)).Explain(Rule);
}

namespace PerfKit.Analysis;

/// <summary>PerfKit's own detectors: one judgement serves both what is found and why nothing is.</summary>
internal abstract class Detector : IBottleneckDetector
{
    public abstract RuleId Rule { get; }

    public abstract Recommendation? Recommend(Bottleneck bottleneck, Observations observations);

    public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) => Judge(observations, thresholds).Found;

    public Explanation Explain(Observations observations, Thresholds thresholds) => Judge(observations, thresholds).Explain(Rule);

    /// <summary>Finding and explanation at once, for whoever wants both.</summary>
    public Judgement JudgeOnce(Observations observations, Thresholds thresholds) => Judge(observations, thresholds);

    protected abstract Judgement Judge(Observations observations, Thresholds thresholds);
}

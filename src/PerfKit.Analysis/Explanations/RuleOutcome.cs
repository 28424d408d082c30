namespace PerfKit.Analysis;

/// <summary>How a rule ended.</summary>
public enum RuleOutcome
{
    /// <summary>It looked and found nothing.</summary>
    NotFound,

    /// <summary>It found one bottleneck or more.</summary>
    Found,

    /// <summary>There was too little to look at for a verdict.</summary>
    NotEnoughData,

    /// <summary>It was not asked: its rule is suppressed.</summary>
    Suppressed,

    /// <summary>Its detector threw, or returned what no report can hold.</summary>
    Failed,
}

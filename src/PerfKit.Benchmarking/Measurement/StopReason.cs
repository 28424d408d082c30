namespace PerfKit.Benchmarking;

/// <summary>Why a benchmark measured no further.</summary>
public enum StopReason
{
    /// <summary>The confidence interval was narrow enough.</summary>
    Precise,

    /// <summary>The most iterations were made; the interval is wider than was asked for.</summary>
    IterationLimit,

    /// <summary>The time was up; the interval is wider than was asked for, or missing.</summary>
    TimeBudget,

    /// <summary>The operation threw.</summary>
    Failed,

    /// <summary>There was no rule: somebody else ran the measured blocks.</summary>
    None,
}

namespace PerfKit.Benchmarking;

/// <summary>What a comparison with the history found.</summary>
public enum RegressionOutcome
{
    /// <summary>There are too few comparable runs to tell.</summary>
    TooLittleHistory,

    /// <summary>Nothing speaks against the metric being as it was, or better.</summary>
    Unchanged,

    /// <summary>It may be worse: rerun before it is reported.</summary>
    Suspect,

    /// <summary>It was a suspect, and running again did not confirm it.</summary>
    NotConfirmed,

    /// <summary>It is worse.</summary>
    Regression,
}

/// <summary>How much worse, by the ratios of <see cref="RegressionOptions"/>.</summary>
public enum RegressionSeverity
{
    /// <summary>Worse beyond chance, by less than the ratio of a minor one.</summary>
    Slight,

    /// <summary>From <see cref="RegressionOptions.MinorRatio"/>.</summary>
    Minor,

    /// <summary>From <see cref="RegressionOptions.CriticalRatio"/>.</summary>
    Critical,
}

/// <summary>How it became worse.</summary>
public enum RegressionKind
{
    /// <summary>A metric that repeats exactly took another value.</summary>
    Exact,

    /// <summary>From one run to the next.</summary>
    Step,

    /// <summary>A little with each run, which no comparison of neighbors shows.</summary>
    Drift,
}

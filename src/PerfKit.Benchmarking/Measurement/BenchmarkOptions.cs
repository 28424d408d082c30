using System.Globalization;

namespace PerfKit.Benchmarking;

/// <summary>How often a benchmark repeats its operation, and when it knows enough to stop.</summary>
/// <remarks>Read once, when a <see cref="BenchmarkSession"/> is made.</remarks>
public sealed class BenchmarkOptions
{
    internal const int MaxIterationLimit = 100_000;

    /// <summary>Gets or sets how long to warm up; at least one iteration always runs unmeasured.</summary>
    /// <value>Default 250 ms, enough for the runtime to recompile what runs often. From 0 to 10 minutes, both included.</value>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the fewest measured iterations.</summary>
    /// <value>Default 15. From 6, below which no 95 % interval of a median exists, to <see cref="MaxIterations"/>.</value>
    public int MinIterations { get; set; } = 15;

    /// <summary>Gets or sets the most measured iterations.</summary>
    /// <value>Default 500. From <see cref="MinIterations"/> to 100,000.</value>
    public int MaxIterations { get; set; } = 500;

    /// <summary>Gets or sets the time after which no further iteration begins, warm-up included; what is measured by then is the result.</summary>
    /// <value>Default 5 seconds. Above 0, at most 24 hours. <see cref="MinIterations"/> does not override it.</value>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how narrow the confidence interval of the median must be: half its width as a part of the median.</summary>
    /// <value>Default 0.02. Above 0, at most 1.</value>
    public double Precision { get; set; } = 0.02;

    /// <summary>Gets or sets the confidence of that interval.</summary>
    /// <value>Default 0.95. From 0.5 to 0.999; more than 0.95 needs more than 6 iterations before there is an interval.</value>
    public double Confidence { get; set; } = 0.95;

    /// <summary>Gets or sets the least duration of an iteration: a shorter operation is called again and again within one.</summary>
    /// <value>Default 1 ms, so that reading the clock does not count. From 0, one call an iteration, to 10 seconds.</value>
    public TimeSpan MinIterationTime { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Gets or sets whether a full garbage collection comes before the first measured iteration.</summary>
    /// <value>Default <see langword="true"/>: what earlier code left behind is not charged to this operation.</value>
    public bool CollectBefore { get; set; } = true;

    /// <summary>Gets or sets how often memory is looked at in the background for its peak.</summary>
    /// <value>Default 50 ms. From 10 ms to 10 minutes. A peak between two looks is not seen.</value>
    public TimeSpan MonitoringInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>One sentence for each field out of its range: its name, its value, what is allowed. Empty when all is well.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        Check(WarmUp >= TimeSpan.Zero && WarmUp <= TimeSpan.FromMinutes(10), nameof(WarmUp), WarmUp, "from 0 to 10 minutes");
        Check(MaxIterations is >= 6 and <= MaxIterationLimit, nameof(MaxIterations), MaxIterations, "from 6 to 100,000");
        Check(MinIterations >= 6 && MinIterations <= MaxIterations, nameof(MinIterations), MinIterations, "from 6 to MaxIterations");
        Check(TimeBudget > TimeSpan.Zero && TimeBudget <= TimeSpan.FromHours(24), nameof(TimeBudget), TimeBudget, "above 0, at most 24 hours");
        Check(Precision is > 0 and <= 1, nameof(Precision), Precision, "above 0, at most 1");
        Check(Confidence is >= 0.5 and <= 0.999, nameof(Confidence), Confidence, "from 0.5 to 0.999");
        Check(MinIterationTime >= TimeSpan.Zero && MinIterationTime <= TimeSpan.FromSeconds(10), nameof(MinIterationTime), MinIterationTime, "from 0 to 10 seconds");
        Check(MonitoringInterval >= TimeSpan.FromMilliseconds(10) && MonitoringInterval <= TimeSpan.FromMinutes(10),
            nameof(MonitoringInterval), MonitoringInterval, "from 10 ms to 10 minutes");
        return mistakes;

        void Check(bool isRight, string name, object value, string allowed)
        {
            if (!isRight)
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed is {allowed}."));
        }
    }

    internal BenchmarkOptions Copy() => (BenchmarkOptions)MemberwiseClone();
}

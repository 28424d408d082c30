using System.Globalization;

namespace PerfKit.Benchmarking;

/// <summary>How a load test is run and judged.</summary>
/// <remarks>Read once, when a test starts.</remarks>
public sealed class LoadTestOptions
{
    /// <summary>Gets or sets what the test must keep to.</summary>
    /// <value>Default: no limits.</value>
    public LoadLimits Limits { get; set; } = new();

    /// <summary>Gets or sets how many operations run, one after another, before the test begins; neither their time nor their errors count.</summary>
    /// <value>Default 0. From 0 to 100,000.</value>
    public int WarmUpOperations { get; set; }

    /// <summary>Gets or sets the most operations under way at once in the open model; further ones wait, and their latency grows.</summary>
    /// <value>Default 10,000. From 1 to 1,000,000.</value>
    public int MaxInFlight { get; set; } = 10_000;

    /// <summary>Gets or sets how long the open model waits at its end for operations under way; those that do not end count as failed.</summary>
    /// <value>Default 30 seconds. From 0 to 1 hour.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how late an operation of the open model may start before it counts as late.</summary>
    /// <value>Default 5 ms. Above 0, at most 1 minute. When more than 1 % are late, the generator did not keep the rate.</value>
    public TimeSpan LagTolerance { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets or sets how often the resources of this process are sampled.</summary>
    /// <value>Default 1 second. From 10 ms to 10 minutes.</value>
    public TimeSpan SamplingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>One sentence for each field out of its range: its name, its value, what is allowed. Empty when all is well.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        Check(Limits is not null, nameof(Limits), "null", "a value");
        Check(Limits?.MinSuccessRate is null or (>= 0 and <= 1), "Limits.MinSuccessRate", Limits?.MinSuccessRate, "from 0 to 1");
        Check(Limits?.MinThroughput is null or (>= 0 and <= double.MaxValue), "Limits.MinThroughput", Limits?.MinThroughput, "a finite number from 0");
        Check(Limits?.MaxCpuCores is null or (>= 0 and <= double.MaxValue), "Limits.MaxCpuCores", Limits?.MaxCpuCores, "a finite number from 0");
        Check(WarmUpOperations is >= 0 and <= 100_000, nameof(WarmUpOperations), WarmUpOperations, "from 0 to 100,000");
        Check(MaxInFlight is >= 1 and <= 1_000_000, nameof(MaxInFlight), MaxInFlight, "from 1 to 1,000,000");
        Check(DrainTime >= TimeSpan.Zero && DrainTime <= TimeSpan.FromHours(1), nameof(DrainTime), DrainTime, "from 0 to 1 hour");
        Check(LagTolerance > TimeSpan.Zero && LagTolerance <= TimeSpan.FromMinutes(1), nameof(LagTolerance), LagTolerance, "above 0, at most 1 minute");
        Check(SamplingInterval >= TimeSpan.FromMilliseconds(10) && SamplingInterval <= TimeSpan.FromMinutes(10),
            nameof(SamplingInterval), SamplingInterval, "from 10 ms to 10 minutes");
        return mistakes;

        void Check(bool isRight, string name, object? value, string allowed)
        {
            if (!isRight)
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed is {allowed}."));
        }
    }

    internal LoadTestOptions Copy() => (LoadTestOptions)MemberwiseClone();
}

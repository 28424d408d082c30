using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>Whether a load test kept to its limits.</summary>
public enum LoadOutcome
{
    /// <summary>Every limit was kept.</summary>
    Passed,

    /// <summary>
    /// Nothing can be said: the test was canceled, there is no limit whose figure could be had, or a limit was broken while the generator
    /// itself could not keep the rate.
    /// </summary>
    Inconclusive,

    /// <summary>A limit was broken.</summary>
    Failed,
}

/// <summary>A limit with what was measured. Immutable.</summary>
/// <param name="Measure">What was measured, such as <c>p99</c>.</param>
/// <param name="Measured">The figure; unknown when it could not be had, and then nothing is broken and nothing kept.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsBroken">Whether the figure is beyond the limit; the limit itself is kept.</param>
public sealed record LimitCheck(string Measure, Quantity Measured, Quantity Limit, bool IsBroken);

/// <summary>A load test beside its limits. Immutable.</summary>
/// <param name="Outcome">Whether it kept to them.</param>
/// <param name="Checks">Each limit that was stated.</param>
public sealed record LoadVerdict(LoadOutcome Outcome, IReadOnlyList<LimitCheck> Checks)
{
    internal static LoadVerdict Of(LoadTestResult result, LoadLimits limits)
    {
        var checks = new List<LimitCheck>();
        Latency("median", 0.5, limits.MaxMedian);
        Latency("p95", 0.95, limits.MaxP95);
        Latency("p99", 0.99, limits.MaxP99);
        Latency("p99.9", 0.999, limits.MaxP999);
        AtLeast("success rate", result.SuccessRate * 100, limits.MinSuccessRate * 100, Unit.Percent);
        AtLeast("throughput", result.Throughput, limits.MinThroughput, Unit.CountPerSecond);
        AtMost("working set", result.Resources.PeakWorkingSetBytes, limits.MaxWorkingSetBytes, Unit.Bytes);
        AtMost("CPU", result.Resources.CpuCores, limits.MaxCpuCores, Unit.Cores);

        bool isBroken = checks.Any(check => check.IsBroken);
        return new LoadVerdict(
            result.IsCanceled || !checks.Any(check => check.Measured.IsKnown) || (isBroken && result.Generator.KeptRate == false) ? LoadOutcome.Inconclusive
                : isBroken ? LoadOutcome.Failed
                : LoadOutcome.Passed,
            checks);

        void Latency(string measure, double probability, TimeSpan? limit) =>
            AtMost(measure, result.Latency.Quantile(probability) / 1e9, limit?.TotalSeconds, Unit.Seconds);

        void AtMost(string measure, double? value, double? limit, Unit unit) => Add(measure, value, limit, unit, value > limit);

        void AtLeast(string measure, double? value, double? limit, Unit unit) => Add(measure, value, limit, unit, value < limit);

        void Add(string measure, double? value, double? limit, Unit unit, bool isBroken)
        {
            if (limit is not null)
                checks.Add(new LimitCheck(measure, new Quantity(value, unit), new Quantity(limit, unit), isBroken));
        }
    }
}

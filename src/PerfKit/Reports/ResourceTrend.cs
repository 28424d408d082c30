using PerfKit.Analysis;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit;

/// <summary>Where a figure was heading during an audit. Immutable.</summary>
public sealed record ResourceTrend
{
    /// <summary>What was measured, in words.</summary>
    public required string Measure { get; init; }

    /// <summary>Unit of the figure; the slopes are in this unit a second.</summary>
    public required MeasureUnit Unit { get; init; }

    /// <summary>Rising or falling where a Mann–Kendall test says so at 95 %; unknown with fewer than eight samples.</summary>
    public required TrendDirection Direction { get; init; }

    /// <summary>Smallest sampled value; <c>null</c> when it was never sampled.</summary>
    public double? Minimum { get; init; }

    /// <summary>Median of the sampled values.</summary>
    public double? Median { get; init; }

    /// <summary>Largest sampled value.</summary>
    public double? Maximum { get; init; }

    /// <summary>Theil–Sen slope a second; <c>null</c> when unknown.</summary>
    public double? SlopePerSecond { get; init; }

    /// <summary>Lower end of the slope's 95 % interval.</summary>
    public double? SlopeLow { get; init; }

    /// <summary>Upper end of the slope's 95 % interval.</summary>
    public double? SlopeHigh { get; init; }

    internal static IReadOnlyList<ResourceTrend> Of(IReadOnlyList<ResourceSample> samples)
    {
        // Intervals, not time stamps: the wall clock may have been set in between.
        var seconds = new double[samples.Count];
        for (int i = 1; i < seconds.Length; i++)
            seconds[i] = seconds[i - 1] + (samples[i].Interval ?? TimeSpan.Zero).TotalSeconds;
        return
        [
            Of("CPU of the process", MeasureUnit.Cores, sample => sample.CpuCores, samples, seconds),
            Of("working set", MeasureUnit.Bytes, sample => sample.WorkingSetBytes, samples, seconds),
            Of("managed heap", MeasureUnit.Bytes, sample => sample.ManagedHeapBytes, samples, seconds),
            Of("allocation", MeasureUnit.BytesPerSecond, sample => sample.AllocatedBytesPerSecond, samples, seconds),
            Of("GC pause share", MeasureUnit.Percent, sample => sample.GcPausePercent, samples, seconds),
            Of("threads of the process", MeasureUnit.Count, sample => sample.ThreadCount, samples, seconds),
            Of("thread-pool queue", MeasureUnit.Count, sample => sample.ThreadPoolQueueLength, samples, seconds),
            Of("lock contentions", MeasureUnit.CountPerSecond, sample => sample.LockContentionsPerSecond, samples, seconds),
            Of("exceptions", MeasureUnit.CountPerSecond, sample => sample.ExceptionsPerSecond, samples, seconds),
            Of("I/O calls", MeasureUnit.CountPerSecond, sample => sample.IoOperationsPerSecond, samples, seconds),
            Of("I/O bytes", MeasureUnit.BytesPerSecond, sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond, samples, seconds),
        ];
    }

    private static ResourceTrend Of(
        string measure, MeasureUnit unit, Func<ResourceSample, double?> figure, IReadOnlyList<ResourceSample> samples, double[] seconds)
    {
        double[] values = samples.Select(sample => figure(sample) ?? double.NaN).ToArray();
        Trend trend = RobustTrend.Fit(seconds, values);
        return new ResourceTrend
        {
            Measure = measure,
            Unit = unit,
            Direction = trend.Direction,
            Minimum = Quantile.Of(values, 0),
            Median = Quantile.Of(values, 0.5),
            Maximum = Quantile.Of(values, 1),
            SlopePerSecond = trend.Slope,
            SlopeLow = trend.SlopeLow,
            SlopeHigh = trend.SlopeHigh,
        };
    }
}

using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.DetectionBenchmark;

/// <summary>The figure that each injected type is about, from the report's measurements and not from its verdicts.</summary>
internal static class Figures
{
    public static Dictionary<BottleneckType, double> Of(Case @case, StartupReport startup, RuntimeReport runtime)
    {
        var figures = new Dictionary<BottleneckType, double>();
        foreach (Fault fault in @case.Faults)
        {
            foreach (BottleneckType type in fault.Injected)
            {
                if (Of(type, fault, startup, runtime) is double figure)
                    figures[type] = figure;
            }
        }
        return figures;
    }

    public static double? Median(IReadOnlyList<ResourceSample> samples, Func<ResourceSample, double?> figure) => Quantile(samples, figure, 0.5);

    private static double? Of(BottleneckType type, Fault fault, StartupReport startup, RuntimeReport runtime)
    {
        double window = runtime.Duration.TotalSeconds;
        ServiceUsage? usage = runtime.Usage.FirstOrDefault(usage => usage.Service == fault.Service);
        return type switch
        {
            BottleneckType.StartupSlow => startup.TotalStartupTime.TotalSeconds,
            BottleneckType.CpuIntensive => (usage?.Cpu ?? TimeSpan.Zero).TotalSeconds / window,
            BottleneckType.MemoryLeak => GrowthAMinute(runtime.Samples, fault is NativeLeak),
            BottleneckType.IoBound when fault is ChattyFile => Mean(runtime.Samples, sample => sample.IoOperationsPerSecond),
            BottleneckType.IoBound => Mean(runtime.Samples, sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond),
            BottleneckType.ResourceContention when fault is CompetingWork =>
                runtime.Usage.Sum(usage => (usage.QueuedForCpu ?? TimeSpan.Zero).TotalSeconds) / window / Environment.ProcessorCount,
            BottleneckType.ResourceContention => Mean(runtime.Samples, sample => sample.LockWaitThreads),
            BottleneckType.BlockingOperation => (usage?.BlockedOnPool ?? TimeSpan.Zero).TotalSeconds / window,
            BottleneckType.ThreadPoolStarvation => Quantile(runtime.Samples, sample => sample.ThreadPoolQueueDelay?.TotalSeconds, 0.75),
            BottleneckType.GcPressure => Mean(runtime.Samples, sample => sample.GcPausePercent),
            BottleneckType.ExceptionStorm => Median(runtime.Samples, sample => sample.ExceptionsPerSecond),
            BottleneckType.CpuThrottled => Mean(runtime.Samples, sample => sample.CpuThrottledPercent),
            BottleneckType.MemoryPressure => Median(runtime.Samples, sample => sample.WorkingSetBytes),
            BottleneckType.SlowOperation => OfOperation(fault, runtime),
            _ => null,
        };
    }

    private static double? OfOperation(Fault fault, RuntimeReport runtime)
    {
        OperationSnapshot? operation = runtime.Operations.FirstOrDefault(operation => fault.Culprits.Contains(operation.Operation));
        return fault is FailingCalls ? operation?.ErrorRate * 100 : operation?.P99Nanoseconds / 1e9;
    }

    // Between the first and the last third, so that one collection decides nothing.
    private static double? GrowthAMinute(IReadOnlyList<ResourceSample> samples, bool isNative)
    {
        int third = samples.Count / 3;
        if (third == 0)
            return null;
        Func<ResourceSample, double?> level = isNative ? sample => sample.WorkingSetBytes - sample.Generations?.CommittedBytes : sample => sample.LiveHeapBytes;
        double? grown = Median([.. samples.Skip(samples.Count - third)], level) - Median([.. samples.Take(third)], level);
        double minutes = samples.Skip(third).Take(samples.Count - third).Sum(sample => (sample.Interval ?? TimeSpan.Zero).TotalMinutes);
        return grown is null || minutes <= 0 ? null : Math.Max(0, grown.Value / minutes);
    }

    private static double? Mean(IReadOnlyList<ResourceSample> samples, Func<ResourceSample, double?> figure)
    {
        double[] values = [.. samples.Select(figure).OfType<double>()];
        return values.Length == 0 ? null : values.Average();
    }

    private static double? Quantile(IReadOnlyList<ResourceSample> samples, Func<ResourceSample, double?> figure, double probability)
    {
        double[] values = [.. samples.Select(figure).OfType<double>()];
        Array.Sort(values);
        return values.Length == 0 ? null : values[(int)Math.Min(values.Length - 1, values.Length * probability)];
    }
}

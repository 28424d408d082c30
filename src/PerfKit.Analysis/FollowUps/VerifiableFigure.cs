using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>A figure that can be read from the observations before and after a change alike.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The figure of the window; of the service or operation that is named, if it is of one.</param>
/// <param name="Sampled">What it is in each sample, where the samples tell: so its noise is known.</param>
internal sealed record VerifiableFigure(
    string Name, MeasureUnit Unit, Func<Observations, string, double?> Value, Func<ResourceSample, double?>? Sampled = null)
{
    public const string StartupTime = "start-up time";

    private static readonly VerifiableFigure ServiceCpu = OfUsage("CPU used by the service", MeasureUnit.Cores, usage => usage.Cpu?.TotalSeconds);
    private static readonly VerifiableFigure ProcessCpu = OfSamples("CPU of the process (median)", MeasureUnit.Percent, sample => sample.CpuPercent);
    private static readonly VerifiableFigure HeapGrowth = Growth("growth of the live heap a minute", sample => sample.LiveHeapBytes);
    private static readonly VerifiableFigure OutsideGrowth = Growth("growth outside the heap a minute", sample => sample.WorkingSetBytes - sample.ManagedHeapBytes);
    private static readonly VerifiableFigure Calls = OfSamples("I/O calls of the process", MeasureUnit.CountPerSecond, sample => sample.IoOperationsPerSecond, isMean: true);
    private static readonly VerifiableFigure Bytes = OfSamples("bytes moved by the process", MeasureUnit.BytesPerSecond, sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond, isMean: true);
    private static readonly VerifiableFigure LockWait = OfSamples("threads that wait for a lock, on average", MeasureUnit.Count, sample => sample.LockWaitThreads, isMean: true);
    private static readonly VerifiableFigure CpuWait = new("threads of services that wait for a CPU, a core", MeasureUnit.Count, (seen, _) =>
        seen.UsageSeconds is double seconds ? seen.Usage!.Services.Sum(usage => usage.QueuedForCpu?.TotalSeconds ?? 0) / seconds / seen.Median(sample => sample.AvailableCores) : null);
    private static readonly VerifiableFigure HeldThreads = OfUsage("pool threads held by the service, on average", MeasureUnit.Count, usage => usage.BlockedOnPool?.TotalSeconds);
    private static readonly VerifiableFigure PoolDelay = new("wait for a pool thread (75th percentile)", MeasureUnit.Seconds,
        (seen, _) => seen.QuantileOf(sample => sample.ThreadPoolQueueDelay?.TotalSeconds, 0.75), sample => sample.ThreadPoolQueueDelay?.TotalSeconds);
    private static readonly VerifiableFigure GcPause = OfSamples("time paused for garbage collection", MeasureUnit.Percent, sample => sample.GcPausePercent, isMean: true);
    private static readonly VerifiableFigure Exceptions = OfSamples("exceptions thrown (median)", MeasureUnit.CountPerSecond, sample => sample.ExceptionsPerSecond);
    private static readonly VerifiableFigure Throttled = OfSamples("quota periods throttled", MeasureUnit.Percent, sample => sample.CpuThrottledPercent, isMean: true);
    private static readonly VerifiableFigure Memory = OfSamples("working set (median)", MeasureUnit.Bytes, sample => sample.WorkingSetBytes);
    private static readonly VerifiableFigure P99 = OfOperation("99th percentile of the operation", MeasureUnit.Seconds, operation => operation.P99Nanoseconds / 1e9);
    private static readonly VerifiableFigure Failed = OfOperation("failed of the operation", MeasureUnit.Percent, operation => operation.ErrorRate * 100);

    private static readonly Dictionary<string, VerifiableFigure> ByName = new[]
    {
        ServiceCpu, ProcessCpu, HeapGrowth, OutsideGrowth, Calls, Bytes, LockWait, CpuWait, HeldThreads, PoolDelay, GcPause, Exceptions, Throttled, Memory, P99, Failed,
    }.ToDictionary(figure => figure.Name, StringComparer.Ordinal);

    public static VerifiableFigure? Named(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What to look at again after a finding, and of whom; <c>null</c> for rules that are not PerfKit's, and for start-up.</summary>
    public static (VerifiableFigure Figure, string? Of)? For(Bottleneck found, string application)
    {
        bool isService = found.Service != application;
        Evidence first = found.Evidence[0];
        return found.Rule switch
        {
            var rule when rule == Rule.CpuIntensive => isService ? (ServiceCpu, found.Service) : (ProcessCpu, null),
            var rule when rule == Rule.MemoryLeak => (MemoryLeakDetector.IsOfHeap(found) ? HeapGrowth : OutsideGrowth, null),
            var rule when rule == Rule.IoBound => (first.Unit == MeasureUnit.CountPerSecond ? Calls : Bytes, null),
            var rule when rule == Rule.ResourceContention => (LockContention.IsOfLock(found) ? LockWait : CpuWait, null),
            var rule when rule == Rule.BlockingOperation => (HeldThreads, found.Service),
            var rule when rule == Rule.ThreadPoolStarvation => (PoolDelay, null),
            var rule when rule == Rule.GcPressure => (GcPause, null),
            var rule when rule == Rule.ExceptionStorm => (Exceptions, null),
            var rule when rule == Rule.CpuThrottled => (Throttled, null),
            var rule when rule == Rule.MemoryPressure => (Memory, null),
            var rule when rule == Rule.SlowOperation => (first.Unit == MeasureUnit.Seconds ? P99 : Failed, found.Service),
            _ => null,
        };
    }

    /// <summary>The advice with what is to be expected of it, where that can be said.</summary>
    public static Recommendation Expecting(Recommendation advice, Bottleneck found, Observations observations)
    {
        if (advice.Expected is not null || For(found, observations.Application) is not var (figure, of) || figure.Value(observations, of ?? "") is not double before)
            return advice;
        bool isOneFigure = advice.Saving is { } saving && saving.Unit == figure.Unit && saving.AtLeast == saving.AtMost;
        double expected = isOneFigure ? before - advice.Saving!.AtMost : Math.Min(before, Limit(found, figure) ?? before / 2);
        return advice with { Expected = new ExpectedFigure { Figure = figure.Name, Of = of, Unit = figure.Unit, Before = before, Expected = Math.Max(0, expected) } };
    }

    /// <summary>The advice on start-up with what is to be expected of it.</summary>
    public static Recommendation Expecting(Recommendation advice, TimeSpan startup) => advice.Expected is not null || advice.Saving is not { Unit: MeasureUnit.Seconds } saving
        ? advice
        : advice with
        {
            Expected = new ExpectedFigure
            {
                Figure = StartupTime, Unit = MeasureUnit.Seconds, Before = startup.TotalSeconds, Expected = Math.Max(0, startup.TotalSeconds - saving.AtMost),
            },
        };

    private static double? Limit(Bottleneck found, VerifiableFigure figure) =>
        found.Evidence.FirstOrDefault(evidence => evidence.Limit is not null && evidence.Unit == figure.Unit)?.Limit;

    private static VerifiableFigure OfSamples(string name, MeasureUnit unit, Func<ResourceSample, double?> figure, bool isMean = false) =>
        new(name, unit, (seen, _) => isMean ? seen.Mean(figure) : seen.Median(figure), figure);

    private static VerifiableFigure OfUsage(string name, MeasureUnit unit, Func<ServiceUsage, double?> seconds) => new(name, unit, (seen, service) =>
        // A service that was active before and is not listed now used nothing.
        seen.UsageSeconds is double window ? (seen.Usage!.Services.FirstOrDefault(usage => usage.Service == service) is { } usage ? seconds(usage) : 0) / window : null);

    private static VerifiableFigure OfOperation(string name, MeasureUnit unit, Func<OperationSnapshot, double?> value) => new(name, unit, (seen, operation) =>
        seen.Operations.FirstOrDefault(snapshot => snapshot.Operation == operation) is { } found ? value(found) : null);

    private static VerifiableFigure Growth(string name, Func<ResourceSample, double?> level) => new(name, MeasureUnit.Bytes, (seen, _) =>
    {
        var at = new double[seen.Samples.Count];
        for (int i = 1; i < at.Length; i++)
            at[i] = at[i - 1] + (seen.Samples[i].Interval ?? TimeSpan.Zero).TotalMinutes;
        return RobustTrend.Fit(at, [.. seen.Samples.Select(sample => level(sample) ?? double.NaN)]).Slope;
    });
}

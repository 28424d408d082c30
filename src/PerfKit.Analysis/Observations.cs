using System.Buffers;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>What was measured, as detectors see it. Immutable; every part but the name may be missing.</summary>
public sealed record Observations
{
    /// <summary>The application's name: what a bottleneck names when no service stands out.</summary>
    public required string Application { get; init; }

    /// <summary>Start-up records; <c>null</c> when start-up is not looked at.</summary>
    public StartupSnapshot? Startup { get; init; }

    /// <summary>Samples of the window, oldest first.</summary>
    public IReadOnlyList<ResourceSample> Samples { get; init => field = value ?? []; } = [];

    /// <summary>What services used in the same window; <c>null</c> when nothing was attributed.</summary>
    public UsageSnapshot? Usage { get; init; }

    /// <summary>What services have used since the process began, up to the window's end; <c>null</c> when unknown.</summary>
    public UsageSnapshot? Lifetime { get; init; }

    /// <summary>What operation meters measured in the same window.</summary>
    public IReadOnlyList<OperationSnapshot> Operations { get; init => field = value ?? []; } = [];

    /// <summary>CPU time of the whole process in the same window; <c>null</c> where unknown.</summary>
    public TimeSpan? ProcessCpu { get; init; }

    /// <summary>Who held the locks that services waited for in the same window; empty where that was not watched.</summary>
    internal IReadOnlyList<LockBlame> LockBlames { get; init; } = [];

    /// <summary>The window: of <see cref="Usage"/>, or else the time that the samples' rates cover.</summary>
    public TimeSpan Window => Usage?.Window ?? Samples.Aggregate(TimeSpan.Zero, (sum, sample) => sum + (sample.Interval ?? TimeSpan.Zero));

    /// <summary>Cores that the process used: of the window's CPU time, or else the samples' median.</summary>
    internal double? ProcessCores => UsageSeconds is double seconds && ProcessCpu is { } cpu
        ? cpu.TotalSeconds / seconds
        : Median(sample => sample.CpuCores);

    /// <summary>The median over the samples that have the figure; <c>null</c> when none has.</summary>
    internal double? Median(Func<ResourceSample, double?> figure) => QuantileOf(figure, 0.5);

    internal double? QuantileOf(Func<ResourceSample, double?> figure, double probability)
    {
        // Rented: the figures of an hour and more would be a large object each, and many are asked for.
        double[] rented = ArrayPool<double>.Shared.Rent(Samples.Count);
        try
        {
            int count = 0;
            for (int i = 0; i < Samples.Count; i++)
            {
                if (figure(Samples[i]) is double value)
                    rented[count++] = value;
            }
            return Quantile.Of(rented.AsSpan(0, count), probability);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The mean over the samples that have the figure, each weighted by its interval; <c>null</c> when none has.</summary>
    internal double? Mean(Func<ResourceSample, double?> figure)
    {
        double sum = 0, seconds = 0;
        foreach (ResourceSample sample in Samples)
        {
            if (figure(sample) is double value && sample.Interval is { } interval)
            {
                sum += value * interval.TotalSeconds;
                seconds += interval.TotalSeconds;
            }
        }
        return seconds > 0 ? sum / seconds : null;
    }

    /// <summary>
    /// The service that allocated most, its share of all that was allocated, and what everyone else allocated, in bytes a second;
    /// <c>null</c> when nothing was attributed.
    /// </summary>
    internal (string Service, double Share, double BytesPerSecond, double OthersPerSecond)? TopAllocator()
    {
        if (UsageSeconds is not double seconds || Usage!.Services.MaxBy(usage => usage.AllocatedBytes) is not { AllocatedBytes: > 0 } top)
            return null;
        double perSecond = top.AllocatedBytes / seconds;
        double all = Math.Max(Mean(sample => sample.AllocatedBytesPerSecond) ?? 0, Usage.Services.Sum(usage => (double)usage.AllocatedBytes) / seconds);
        return (top.Service, perSecond / all, perSecond, all - perSecond);
    }

    /// <summary>Seconds that <see cref="Usage"/> covers; <c>null</c> when it covers less than one: too little for a verdict.</summary>
    internal double? UsageSeconds => Usage?.Window is { } window && window >= MinWindow ? window.TotalSeconds : null;

    /// <summary>
    /// The process stood still for a part of the window, as when it is stopped or its machine is: an interval between samples
    /// is a second or more, and five times as long as usual. What waited then was not the application's doing.
    /// </summary>
    internal bool WasFrozen => Median(sample => sample.Interval?.TotalSeconds) is double usual
        && Samples.Any(sample => sample.Interval >= TimeSpan.FromSeconds(Math.Max(1, usual * 5)));

    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);
}

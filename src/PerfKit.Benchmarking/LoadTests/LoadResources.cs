using PerfKit.Sampling;

namespace PerfKit.Benchmarking;

/// <summary>What this process used during a load test: the generator, and the system under test when it is in here too. Immutable.</summary>
public sealed record LoadResources
{
    /// <summary>Gets the mean of cores used; <see langword="null"/> where it cannot be had.</summary>
    public double? CpuCores { get; init; }

    /// <summary>Gets how many cores this process may use.</summary>
    public double? AvailableCores { get; init; }

    /// <summary>Gets the largest working set sampled, in bytes; <see langword="null"/> where it cannot be had.</summary>
    public long? PeakWorkingSetBytes { get; init; }

    /// <summary>Gets the largest managed heap sampled, in bytes, with garbage not yet collected.</summary>
    public long? PeakManagedHeapBytes { get; init; }

    /// <summary>Gets the managed bytes allocated; <see langword="null"/> where it cannot be had.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Gets how busy the whole machine was on average, in percent; <see langword="null"/> where it cannot be had.</summary>
    public double? MachineCpuPercent { get; init; }

    /// <summary>Gets the samples, oldest first; of a long test the last 3,600.</summary>
    public IReadOnlyList<ResourceSample> Samples { get; init; } = [];

    internal static LoadResources Of(ResourceSample first, ResourceSample last, IReadOnlyList<ResourceSample> samples, TimeSpan elapsed)
    {
        double[] machine = [.. samples.Select(sample => sample.MachineCpuPercent).OfType<double>()];
        return new LoadResources
        {
            CpuCores = elapsed > TimeSpan.Zero ? (last.CpuTime - first.CpuTime) / elapsed : null,
            AvailableCores = last.AvailableCores,
            PeakWorkingSetBytes = samples.Max(sample => sample.WorkingSetBytes),
            PeakManagedHeapBytes = samples.Max(sample => sample.ManagedHeapBytes),
            AllocatedBytes = last.AllocatedBytes - first.AllocatedBytes,
            MachineCpuPercent = machine.Length == 0 ? null : machine.Average(),
            Samples = samples,
        };
    }
}

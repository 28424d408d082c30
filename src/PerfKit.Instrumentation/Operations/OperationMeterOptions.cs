namespace PerfKit.Instrumentation;

/// <summary>How an <see cref="OperationMeter"/> measures.</summary>
public sealed record OperationMeterOptions
{
    /// <summary>
    /// One in how many operations is timed: each has this chance, whatever was chosen before, so that no rhythm of the
    /// application can hide from it. From 1 (all, the default) to 1,000,000. All operations and failures are counted.
    /// </summary>
    public int SampleEvery { get; init; } = 1;

    /// <summary>
    /// Timed operations also measure the managed bytes that their thread allocates. Off by default. Of an operation that ends
    /// on another thread than it began, none are known.
    /// </summary>
    public bool MeasuresAllocation { get; init; }

    internal static void CheckSampleEvery(int value)
    {
        if (value is < 1 or > 1_000_000)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(SampleEvery)}: allowed: 1 to 1,000,000.");
    }
}

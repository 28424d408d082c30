using System.Globalization;

namespace PerfKit.Benchmarking;

/// <summary>From where a benchmark's figure is a bottleneck. Immutable.</summary>
public sealed record BottleneckLimits
{
    /// <summary>Gets the longest duration. Default 100 ms; above 0.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets the most bytes an operation may allocate, or a benchmark hold. Default 100 MiB; above 0.</summary>
    public long MemoryBytes { get; init; } = 100L << 20;

    /// <summary>Gets the largest robust coefficient of variation of durations from run to run. Default 0.1 (10 %); above 0.</summary>
    public double Variation { get; init; } = 0.1;

    /// <summary>Gets the largest share of failed operations. Default 0.001; above 0 and below 1.</summary>
    public double ErrorShare { get; init; } = 0.001;

    internal void Validate(string parameter)
    {
        var mistakes = new List<string>();
        if (Duration <= TimeSpan.Zero)
            mistakes.Add(Invariant($"{nameof(Duration)} is {Duration}; allowed is above 0."));
        if (MemoryBytes <= 0)
            mistakes.Add(Invariant($"{nameof(MemoryBytes)} is {MemoryBytes}; allowed is above 0."));
        if (!(Variation > 0))
            mistakes.Add(Invariant($"{nameof(Variation)} is {Variation}; allowed is above 0."));
        if (!(ErrorShare is > 0 and < 1))
            mistakes.Add(Invariant($"{nameof(ErrorShare)} is {ErrorShare}; allowed is above 0 and below 1."));
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), parameter);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

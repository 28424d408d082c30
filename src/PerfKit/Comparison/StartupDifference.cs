using PerfKit.Statistics;

namespace PerfKit;

/// <summary>What a comparison says of a time.</summary>
public enum StartupVerdict
{
    /// <summary>Too few starts to tell a change from noise; see <see cref="StartupDifference.Confidence"/>.</summary>
    NoiseUnknown,

    /// <summary>The change is within the noise of the starts, or too small to matter.</summary>
    Alike,

    /// <summary>Shorter, by more than noise explains.</summary>
    Faster,

    /// <summary>Longer, by more than noise explains.</summary>
    Slower,

    /// <summary>There is none before.</summary>
    New,

    /// <summary>There is none after: the service starts after ready, or no more.</summary>
    Gone,
}

/// <summary>A time before and after a change. Immutable.</summary>
public sealed record StartupDifference
{
    /// <summary>Starts with this time before.</summary>
    public int CountBefore { get; init; }

    /// <summary>Starts with this time after.</summary>
    public int CountAfter { get; init; }

    /// <summary>Median before; <c>null</c> when there is none.</summary>
    public TimeSpan? Before { get; init; }

    /// <summary>Median after; <c>null</c> when there is none.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>
    /// How much longer it became, negative for shorter: Hodges and Lehmann's shift, the median of the differences of all
    /// pairs of starts (<see cref="MannWhitney"/>); the whole time for what is new or gone.
    /// </summary>
    public TimeSpan Change { get; init; }

    /// <summary>Lower end of the interval of <see cref="Change"/>; <c>null</c> where <see cref="Confidence"/> is.</summary>
    public TimeSpan? ChangeLow { get; init; }

    /// <summary>Upper end of the interval of <see cref="Change"/>; <c>null</c> where <see cref="Confidence"/> is.</summary>
    public TimeSpan? ChangeHigh { get; init; }

    /// <summary>
    /// How surely the interval covers the true change: 0.95, or 0.9 where three starts a side allow no more; <c>null</c> with
    /// fewer than three on a side, of which noise cannot be told.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>What it means.</summary>
    public StartupVerdict Verdict { get; init; }

    /// <param name="before">Times of the starts before.</param>
    /// <param name="after">Times of the starts after.</param>
    /// <param name="smallest">The least change that is worth a verdict.</param>
    internal static StartupDifference Of(IReadOnlyList<TimeSpan> before, IReadOnlyList<TimeSpan> after, TimeSpan smallest = default)
    {
        double[] first = Seconds(before), second = Seconds(after);
        var difference = new StartupDifference
        {
            CountBefore = first.Length,
            CountAfter = second.Length,
            Before = Median(first),
            After = Median(second),
        };
        if (first.Length == 0 || second.Length == 0)
        {
            return difference with
            {
                Change = (difference.After ?? TimeSpan.Zero) - (difference.Before ?? TimeSpan.Zero),
                Verdict = first.Length == 0 ? StartupVerdict.New : StartupVerdict.Gone,
            };
        }
        double confidence = 0.95;
        MannWhitneyResult compared = MannWhitney.Compare(first, second, confidence);
        if (Bounded(compared) is null)
        {
            confidence = 0.9;
            // Three a side reach 0.9 exactly, which (1 - 0.9) / 2 misses by rounding.
            compared = MannWhitney.Compare(first, second, confidence - 1e-12);
        }
        difference = difference with { Change = TimeSpan.FromSeconds(compared.Shift ?? 0) };
        if (first.Length < MinStarts || second.Length < MinStarts || Bounded(compared) is not var (low, high))
            return difference;
        return difference with
        {
            ChangeLow = TimeSpan.FromSeconds(low),
            ChangeHigh = TimeSpan.FromSeconds(high),
            Confidence = confidence,
            Verdict = difference.Change.Duration() < smallest ? StartupVerdict.Alike
                : high < 0 ? StartupVerdict.Faster : low > 0 ? StartupVerdict.Slower : StartupVerdict.Alike,
        };
    }

    private const int MinStarts = 3;

    private static (double Low, double High)? Bounded(MannWhitneyResult result) =>
        result is { ShiftLow: double low, ShiftHigh: double high } ? (low, high) : null;

    private static TimeSpan? Median(double[] values) =>
        Quantile.Of(values, 0.5) is double median ? TimeSpan.FromSeconds(median) : null;

    private static double[] Seconds(IReadOnlyList<TimeSpan> times) => times.Select(time => time.TotalSeconds).ToArray();
}

using System.Globalization;

namespace PerfKit.Statistics;

/// <summary>How a series is searched for change points. The defaults are one set for all series.</summary>
public sealed record ChangePointOptions
{
    /// <summary>
    /// Gets what the position of one more change point costs, in units of the logarithm of the number of observations and on the
    /// scale of twice the log-likelihood; each level and each slope costs 1. Higher finds fewer changes.
    /// </summary>
    /// <value>
    /// Default 1.5. At least 0. It lies between Schwarz's criterion as Yao uses it (1) and the leading term of Zhang and
    /// Siegmund's (2).
    /// </value>
    public double LocationCost { get; init; } = 1.5;

    /// <summary>Gets the fewest observations of a segment. What is shorter counts as outliers.</summary>
    /// <value>Default 4. From 2 to 1,000, both included.</value>
    public int MinimumSegment { get; init; } = 4;

    /// <summary>
    /// Gets how far an observation may be from the running median before it is drawn in to that limit, in robust standard deviations
    /// of such distances. The median is of the observation and <see cref="MinimumSegment"/> neighbors on each side.
    /// </summary>
    /// <value>Default 3, as is usual for Hampel's identifier. Above 0; positive infinity leaves every observation as it is.</value>
    public double OutlierLimit { get; init; } = 3;

    /// <summary>Refuses values that are out of range, all in one message.</summary>
    internal void Validate(string parameter)
    {
        var mistakes = new List<string>();
        if (!(LocationCost >= 0 && double.IsFinite(LocationCost)))
            mistakes.Add(Invariant($"{nameof(LocationCost)} is {LocationCost}; allowed is a finite number from 0."));
        if (MinimumSegment is < 2 or > 1000)
            mistakes.Add(Invariant($"{nameof(MinimumSegment)} is {MinimumSegment}; allowed is from 2 to 1000."));
        if (!(OutlierLimit > 0))
            mistakes.Add(Invariant($"{nameof(OutlierLimit)} is {OutlierLimit}; allowed is above 0."));
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), parameter);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace PerfKit.Statistics;

/// <summary>How the newest values are compared with those before. The defaults are one set for all series. Immutable.</summary>
public sealed record LatestChangeOptions
{
    /// <summary>Gets how often a series without any change may be said to have one, each time it is asked about.</summary>
    /// <value>Default 0.005. Above 0 and below 0.5.</value>
    public double FalseAlarmRate { get; init; } = 0.005;

    /// <summary>Gets how many of the newest values a change may have; what is older counts as how it has always been.</summary>
    /// <value>Default 30. From 8 to 100. Of a series shorter than twice this, it is half.</value>
    public int Window { get; init; } = 30;

    /// <summary>Gets the fewest values since the last change before the newest ones; with fewer there is no verdict.</summary>
    /// <value>Default 30. From 20 to 1,000. The fewer there are, the larger a change must be to be told.</value>
    public int MinimumCount { get; init; } = 30;

    /// <summary>Refuses values that are out of range, all in one message.</summary>
    internal void Validate(string parameter)
    {
        var mistakes = new List<string>();
        if (!(FalseAlarmRate is > 0 and < 0.5))
            mistakes.Add(Invariant($"{nameof(FalseAlarmRate)} is {FalseAlarmRate}; allowed is above 0 and below 0.5."));
        if (Window is < 8 or > 100)
            mistakes.Add(Invariant($"{nameof(Window)} is {Window}; allowed is from 8 to 100."));
        if (MinimumCount is < 20 or > 1000)
            mistakes.Add(Invariant($"{nameof(MinimumCount)} is {MinimumCount}; allowed is from 20 to 1000."));
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), parameter);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

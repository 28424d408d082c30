using System.Globalization;

namespace PerfKit.Analysis;

/// <summary>A limit that was broken for a while, as things stood when it was told. Immutable.</summary>
public sealed record Alert
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The figure.</summary>
    public required string Figure { get; init; }

    /// <summary>Unit of the figures, in words; empty for a figure that is no threshold.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The service or operation; <c>null</c> for the process.</summary>
    public string? Service { get; init; }

    /// <summary>What in particular, such as the folder of the fullest disk; <c>null</c> where there is no more to say.</summary>
    public string? Detail { get; init; }

    /// <summary>The worst level so far: it rises while the alert lasts, and does not fall.</summary>
    public AlertSeverity Severity { get; init; }

    /// <summary>The limit of <see cref="Severity"/> that was broken.</summary>
    public double Limit { get; init; }

    /// <summary>On which side of it the figure is wrong.</summary>
    public AlertComparison Comparison { get; init; }

    /// <summary>The figure at the last sample that had it.</summary>
    public double Value { get; init; }

    /// <summary>The figure farthest past the limit.</summary>
    public double Worst { get; init; }

    /// <summary>The first sample past the limit.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The sample with which the figure had been past the limit for the rule's duration.</summary>
    public DateTimeOffset FiredAt { get; init; }

    /// <summary>The sample with which the figure had been back for the rule's duration; <c>null</c> while the alert lasts, or where its figure was lost.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How long the figure is known to have been past the warning limit: gaps between samples, and missing figures, do not count.</summary>
    public TimeSpan PastLimit { get; init; }

    /// <summary>What to do, as the rule says.</summary>
    public string? Action { get; init; }

    /// <summary>One sentence that says what was seen.</summary>
    public string Description
    {
        get
        {
            string of = (Service ?? Detail) is { } what ? $" of {what}" : "";
            string side = Comparison switch
            {
                AlertComparison.Above => "above",
                AlertComparison.AtLeast => "at or above",
                AlertComparison.Below => "below",
                _ => "at or below",
            };
            string unit = Unit.Length == 0 ? "" : $" ({Unit})";
            return string.Create(CultureInfo.InvariantCulture, $"{Figure}{of} is {Value:0.###}{unit}, {side} {Limit:0.###} for {PastLimit.TotalSeconds:0.#} s.");
        }
    }
}

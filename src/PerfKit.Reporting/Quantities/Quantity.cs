using System.Text.Json.Serialization;

namespace PerfKit.Reporting;

/// <summary>A figure with its unit. The value stays raw; only a renderer rounds it.</summary>
/// <param name="Value">
/// The figure in the base unit (seconds, bytes, cores …). <see langword="null"/> when it is unknown; a figure that could not
/// be had is never 0. Not-a-number is printed as unknown, an infinity as <c>∞</c>.
/// </param>
/// <param name="Unit">What the figure counts.</param>
public readonly record struct Quantity(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value,
    Unit Unit)
{
    /// <summary>What an unknown figure prints as: an en dash.</summary>
    public const string UnknownText = "–";

    /// <summary>Whether there is a finite figure.</summary>
    [JsonIgnore]
    public bool IsKnown => Value is { } value && double.IsFinite(value);

    /// <summary>A duration in seconds; unknown when <paramref name="duration"/> is <see langword="null"/>.</summary>
    public static Quantity Of(TimeSpan? duration) => new(duration?.TotalSeconds, Unit.Seconds);

    /// <summary>
    /// The figure for a human: three significant digits, the multiple that fits, the unit; the same in every culture.
    /// An unknown figure prints <see cref="UnknownText"/>.
    /// </summary>
    public string Format() => QuantityFormat.Format(Value, Unit);

    /// <inheritdoc cref="Format"/>
    public override string ToString() => Format();
}

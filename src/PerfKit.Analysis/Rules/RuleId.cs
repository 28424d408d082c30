using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PerfKit.Analysis;

/// <summary>The stable id of a detector's finding: <c>PK</c> and four digits. Ids are never given to another rule.</summary>
[JsonConverter(typeof(RuleIdJsonConverter))]
public readonly record struct RuleId : IParsable<RuleId>
{
    private readonly ushort _number;

    /// <summary>Makes the id of a number.</summary>
    /// <param name="number">From 1 to 9,999. PerfKit's own rules are below 1,000; yours begin at 9,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public RuleId(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 9_999);
        _number = (ushort)number;
    }

    /// <summary>The id as text, <c>PK0001</c>.</summary>
    /// <returns>Two letters and four digits.</returns>
    public override string ToString() => $"PK{_number:0000}";

    /// <summary>Reads an id such as <c>PK0001</c>; case does not matter.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static RuleId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out RuleId rule)
            ? rule
            : throw new FormatException($"'{s}' is not a rule id; allowed: PK0001 to PK9999.");

    /// <summary>Reads an id such as <c>PK0001</c>; case does not matter.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The id.</param>
    /// <returns>The text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RuleId result)
    {
        result = default;
        if (s is not { Length: 6 } || !s.StartsWith("PK", StringComparison.OrdinalIgnoreCase))
            return false;
        int number = 0;
        foreach (char digit in s.AsSpan(2))
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }
        if (number == 0)
            return false;
        result = new RuleId(number);
        return true;
    }
}

using System.Globalization;

namespace PerfKit;

/// <summary>How a setting is written in configuration, and what a mistake is told to be.</summary>
internal static class SettingText
{
    public const string Duration = "a time as [days.]hours:minutes:seconds, such as 00:00:01.5";
    public const string Whole = "a whole number";
    public const string Number = "a number such as 80 or 0.5";

    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        // A bare number would be read as days: an error that nobody means.
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryWhole(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}

using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>The one place where a figure becomes text.</summary>
internal static class QuantityFormat
{
    /// <summary>From here on digits would only pretend to precision that a double does not have.</summary>
    private const double Exponential = 1e15;

    private static readonly (double Size, string Name)[] Times = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

    private static readonly (double Size, string Name)[] BinarySizes =
        [(1L << 40, "TiB"), (1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB")];

    private static readonly (double Size, string Name)[] DecimalSizes = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];

    public static string Format(double? value, Unit unit)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return Quantity.UnknownText;
        }

        if (number < 0)
        {
            // A figure that rounds to nothing has no sign.
            string magnitude = Format(-number, unit);
            return magnitude == Format(0, unit) ? magnitude : "-" + magnitude;
        }

        return double.IsInfinity(number) ? "∞" + Suffix(unit) : FormatMagnitude(number, unit);
    }

    private static string FormatMagnitude(double value, Unit unit) => unit switch
    {
        Unit.Seconds => FormatSeconds(value),
        Unit.Bytes => FormatSize(value, BinarySizes, "B"),
        Unit.BytesPerSecond => FormatSize(value, DecimalSizes, "B") + "/s",
        Unit.Cores => Number(value, value < 10 ? 2 : value < 100 ? 1 : 0) + Suffix(unit),
        // Nearly all is not all: a success rate of 99.9 % must not read as 100 %.
        Unit.Percent when value is >= 99.5 and < 100 => Trimmed(value, value < 99.95 ? 1 : 2) + Suffix(unit),
        Unit.Percent or Unit.Score => Trimmed(value, value < 9.95 ? 1 : 0) + Suffix(unit),
        _ => Significant(value) + Suffix(unit),
    };

    private static string Suffix(Unit unit) => unit switch
    {
        Unit.Seconds => " s",
        Unit.Bytes => " B",
        Unit.BytesPerSecond => " B/s",
        Unit.Cores => " cores",
        Unit.Percent => " %",
        Unit.CountPerSecond => "/s",
        Unit.Score => "/100",
        _ => "",
    };

    private static string FormatSeconds(double seconds)
    {
        if (seconds == 0)
        {
            return "0 s";
        }

        if (seconds < 59.95)
        {
            foreach ((double size, string name) in Times)
            {
                double scaled = seconds / size;
                if (scaled >= 0.9995)
                {
                    // Milliseconds and less are read as whole numbers once they have two digits; seconds keep their fraction.
                    int decimals = scaled < 9.995 ? 2 : scaled < 99.95 && size == 1 ? 1 : 0;
                    return (size == 1 ? Number(scaled, decimals) : Trimmed(scaled, decimals)) + " " + name;
                }
            }

            return "<1 ns";
        }

        if (seconds >= Exponential)
        {
            return Significant(seconds) + " s";
        }

        double whole = Math.Round(seconds, MidpointRounding.AwayFromZero);
        if (whole < 3600)
        {
            (int minute, int second) = Math.DivRem((int)whole, 60);
            return second == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{minute} min")
                : string.Create(CultureInfo.InvariantCulture, $"{minute} min {second:00} s");
        }

        double minutes = Math.Round(seconds / 60, MidpointRounding.AwayFromZero);
        string hours = Number(Math.Floor(minutes / 60), 0);
        int rest = (int)(minutes % 60);
        return rest == 0 ? hours + " h" : string.Create(CultureInfo.InvariantCulture, $"{hours} h {rest:00} min");
    }

    private static string FormatSize(double bytes, (double Size, string Name)[] sizes, string one)
    {
        foreach ((double size, string name) in sizes)
        {
            double scaled = bytes / size;

            // What would round up to the next multiple is printed in it: 1.0 MiB, not 1024 KiB.
            if (scaled >= 0.9995)
            {
                return (scaled < Exponential ? Number(scaled, scaled < 99.95 ? 1 : 0) : Significant(scaled)) + " " + name;
            }
        }

        return Trimmed(bytes, bytes < 9.95 ? 1 : 0) + " " + one;
    }

    private static string Significant(double value)
    {
        if (value >= Exponential || value is > 0 and < 1e-4)
        {
            return value.ToString("0.00e+0", CultureInfo.InvariantCulture);
        }

        int decimals = value switch { 0 or >= 99.95 => 0, >= 9.995 => 1, >= 0.9995 => 2, >= 0.09995 => 3, >= 0.009995 => 4, _ => 6 };
        return Trimmed(value, decimals);
    }

    private static string Trimmed(double value, int decimals) => Rounded(value, decimals, decimals == 0 ? "0" : "0." + new string('#', decimals));

    private static string Number(double value, int decimals) => Rounded(value, decimals, decimals == 0 ? "0" : "0." + new string('0', decimals));

    private static string Rounded(double value, int decimals, string format)
    {
        if (value >= Exponential)
        {
            return value.ToString("0.00e+0", CultureInfo.InvariantCulture);
        }

        string text = Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int digits = point < 0 ? text.Length : point;

        // A four-digit number reads well without a gap: 1024, but 12 345.
        for (int at = digits - 3; at > 0 && digits > 4; at -= 3)
        {
            text = text.Insert(at, " ");
        }

        return text;
    }
}

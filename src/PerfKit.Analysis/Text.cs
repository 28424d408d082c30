using System.Globalization;

namespace PerfKit.Analysis;

/// <summary>Figures inside sentences; always in the invariant culture.</summary>
internal static class Text
{
    public static string Seconds(double seconds) => seconds switch
    {
        >= 1 => Invariant($"{seconds:0.00} s"),
        >= 0.001 => Invariant($"{seconds * 1000:0} ms"),
        _ => Invariant($"{seconds * 1e6:0} µs"),
    };

    public static string Percent(double share) => Invariant($"{share * 100:0} %");

    public static string Cores(double cores) => Invariant($"{cores:0.00} cores");

    /// <summary>A mean number of things.</summary>
    public static string Mean(double count) => Invariant($"{count:0.00}");

    public static string Count(double count) => Invariant($"{count:#,0}").Replace(',', ' ');

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1 << 30 => Invariant($"{bytes / (1 << 30):0.0} GiB"),
        >= 1 << 20 => Invariant($"{bytes / (1 << 20):0.0} MiB"),
        >= 1 << 10 => Invariant($"{bytes / (1 << 10):0.0} KiB"),
        _ => Invariant($"{bytes:0} bytes"),
    };

    /// <summary>"a", "a and b", "a, b and c"; long lists are cut and counted.</summary>
    public static string List(IEnumerable<string> names, int most = 6)
    {
        string[] all = names.ToArray();
        string[] told = all.Length > most ? [.. all.Take(most - 1), Invariant($"{all.Length - most + 1} more")] : all;
        return told.Length < 2 ? string.Concat(told) : $"{string.Join(", ", told[..^1])} and {told[^1]}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

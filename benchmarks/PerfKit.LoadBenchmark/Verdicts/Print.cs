using System.Globalization;
using System.Runtime.CompilerServices;

namespace PerfKit.LoadBenchmark;

/// <summary>Tables, the same in every culture.</summary>
internal static class Print
{
    public static void Line(DefaultInterpolatedStringHandler text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, ref text));

    public static string Seconds(double seconds) => seconds switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} s"),
        >= 0.001 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0} µs"),
    };

    public static string Share(double? share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");

    public static string Signed(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:+0.0;-0.0} %");

    public static string Count(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:0}");

    public static void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        for (int i = 0; i < lines.Length; i++)
        {
            Console.WriteLine("| " + string.Join(" | ", lines[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |");
            if (i == 0)
                Console.WriteLine("| " + string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")) + " |");
        }
    }
}

using System.Globalization;

namespace PerfKit.Verdicts;

/// <summary>Tables on the console, with figures in the invariant culture.</summary>
internal static class Print
{
    public static void Line(FormattableString text) => Console.WriteLine(Text(text));

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [columns, .. rows];
        int[] widths = [.. columns.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (IReadOnlyList<string> line in lines)
            Console.WriteLine("  " + string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        Console.WriteLine();
    }

    public static void Table(IEnumerable<Verdict> verdicts) =>
        Table(["claim", "measured", "limit", "verdict"], verdicts.Select(verdict => (IReadOnlyList<string>)[verdict.Claim, verdict.Figure, verdict.Limit, verdict.Word]));
}

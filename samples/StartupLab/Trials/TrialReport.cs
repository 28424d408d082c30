using System.Globalization;
using PerfKit;

namespace StartupLab;

/// <summary>What a trial prints.</summary>
internal static class TrialReport
{
    public static void Print(IReadOnlyList<Variant> variants, IReadOnlyList<StartupReport> plain)
    {
        double total = Variant.Middle(plain.Select(report => report.TotalStartupTime.TotalMilliseconds));
        Line($"Plain start: {total:F0} ms, median of {plain.Count}. Savings in ms: median (least to most).");
        Console.WriteLine();
        Line($"{"followed",-28} {"predicted",22} {"achieved",22} {"achieved beside predicted",26}");
        foreach (Variant variant in variants)
            Line($"{Name(variant, variants),-28} {Spread(variant.Predicted),22} {Spread(variant.Achieved),22} {variant.Error,26:+0.0 %;-0.0 %}");
        Console.WriteLine();
        for (int i = 0; i < variants.Count - (variants.Count > 1 ? 1 : 0); i++)
            Line($"  {i + 1}. {variants[i].Plan}");
        Console.WriteLine();
    }

    private static string Name(Variant variant, IReadOnlyList<Variant> all)
    {
        int index = all.TakeWhile(other => other != variant).Count();
        return index == all.Count - 1 && index > 0
            ? "all of them"
            : string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {variant.Plan.Changes[0].Kind} {(variant.Plan.Changes[0].Services is [var one] ? one : $"of {variant.Plan.Changes[0].Services.Count}")}");
    }

    private static string Spread(IReadOnlyList<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Variant.Middle(values):F0} ({values.Min():F0} to {values.Max():F0})");

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}

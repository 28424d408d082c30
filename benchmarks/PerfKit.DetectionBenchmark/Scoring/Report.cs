using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What the console is told.</summary>
internal static class Report
{
    /// <summary>One line when a case has ended; what is wrong with it stands beside.</summary>
    public static void Tell(Outcome outcome, bool isFixed)
    {
        var verdict = new CaseVerdict(outcome);
        string found = outcome.Result is null ? outcome.Problem!
            : outcome.Result.Found.Count == 0 ? "nothing"
            : string.Join(", ", outcome.Result.Found.Select(finding => $"{finding.Type} ({finding.Service}, {finding.Severity})"));
        if (isFixed)
        {
            Console.WriteLine($"        {outcome.Case.Name,-36} {found}");
            return;
        }
        Console.WriteLine($"  {(!verdict.IsJudged ? "-   " : verdict.IsAsItShould ? "ok  " : "FAIL")}  {outcome.Case.Name,-36} {found}");
        if (!verdict.IsJudged)
        {
            Console.WriteLine("        set aside: other programs had the CPU");
            return;
        }
        if (verdict.Missed.Any())
            Console.WriteLine($"        missed: {string.Join(", ", verdict.Missed)}");
        if (verdict.False.Any())
            Console.WriteLine($"        false: {string.Join(", ", verdict.False)}");
        foreach (BottleneckType type in verdict.Right.Where(type => !verdict.NamesRightly(type)))
            Console.WriteLine($"        {type} names {string.Join(", ", verdict.Named(type))}, and it is {string.Join(" or ", verdict.Case.CulpritsOf(type))}");
    }

    /// <summary>The tables and the claims.</summary>
    /// <param name="score">What is told.</param>
    /// <param name="isWhole">All cases ran: then the limits of single types count too, which a few cases cannot show.</param>
    /// <returns>Whether every figure is within its limit.</returns>
    public static bool TellScore(Score score, bool isWhole)
    {
        Console.WriteLine();
        Print.Table(
            ["type", "right", "wrong", "missed", "precision", "recall", "F1", "seconds to find"],
            score.Types.Select(entry => Row(entry.Key.ToString(), entry.Value, score.SecondsToFind(entry.Key))).Append(Row("all", score.Whole, null)));
        TellConfusion(score);

        (int named, int found) = score.Named;
        (int alarmed, int controls) = score.Controls;
        double? worst = score.Types.Values.Min(tally => tally.F1);
        int ran = score.Verdicts.Count(verdict => verdict.Outcome.Result is not null);
        Verdict[] claims =
        [
            new("F1 over all", Share(score.Whole.F1), "at least 0.95", score.Whole.F1 is not < Score.LeastF1),
            new("F1 of the worst type", Share(worst), "at least 0.90", isWhole ? worst is not < Score.LeastF1OfType : null),
            new("right service named", Print.Text($"{named} of {found}"), "at least 95 %", found == 0 || (double)named / found >= Score.LeastNamed),
            new("false alarms on healthy programs", Print.Text($"{alarmed} of {controls}"), "under 2 %", controls == 0 || (double)alarmed / controls < Score.MostFalseAlarms),
            new("programs that ran to their end", Print.Text($"{ran} of {score.Verdicts.Count}"), "all", ran == score.Verdicts.Count),
        ];
        Print.Table(claims);
        if (score.SetAside > 0)
            Print.Line($"{score.SetAside} cases are set aside, because other programs had the CPU.");
        return claims.All(claim => claim.Holds != false);
    }

    /// <summary>Predicted beside achieved.</summary>
    /// <returns>Whether enough of what was predicted has come.</returns>
    public static bool TellFixes(IReadOnlyList<Fix> fixes)
    {
        Console.WriteLine();
        Print.Table(
            ["fault", "before", "after", "predicted saving", "achieved", "kept", "advice"],
            fixes.Select(fix => (IReadOnlyList<string>)[fix.Name, Number(fix.Before), Number(fix.After), Number(fix.Predicted), Number(fix.Achieved), fix.Predicted is null ? "-" : fix.IsKept ? "yes" : "NO", fix.Advice]));
        int judged = fixes.Count(fix => fix.Predicted is not null), kept = fixes.Count(fix => fix.IsKept);
        bool holds = judged == 0 || kept >= Fix.LeastShare * judged;
        Print.Line($"At least half of the predicted saving came in {kept} of {judged}; at least 80 % is asked: {Word(holds)}.");
        return holds;
    }

    // A case with two injected types stands in both rows; consequences by physics are in brackets.
    private static void TellConfusion(Score score)
    {
        BottleneckType[] columns = [.. score.Verdicts.SelectMany(verdict => verdict.Found.Concat(verdict.Case.Injected)).Distinct().Order()];
        Console.WriteLine("  Injected (rows) and found (columns); in brackets what may accompany it:");
        Print.Table(
            ["", "cases", .. columns.Select(type => type.ToString()), "nothing"],
            columns.Select(type => (type.ToString(), score.Verdicts.Where(verdict => verdict.Case.Injected.Contains(type)).ToArray()))
                .Append(("(healthy)", [.. score.Verdicts.Where(verdict => verdict.Case.Group == CaseGroup.Control)]))
                .Where(row => row.Item2.Length > 0)
                .Select(row => (IReadOnlyList<string>)[row.Item1, Print.Text($"{row.Item2.Length}"), .. columns.Select(found => Cell(row.Item2, found)), Print.Text($"{row.Item2.Count(verdict => verdict.Found.Count == 0)}")]));
    }

    private static string Cell(CaseVerdict[] verdicts, BottleneckType found)
    {
        int counted = verdicts.Count(verdict => verdict.Found.Contains(found) && !verdict.Case.Accompanying.Contains(found));
        int accompanying = verdicts.Count(verdict => verdict.Found.Contains(found)) - counted;
        return (counted, accompanying) switch
        {
            (0, 0) => "·",
            (_, 0) => Print.Text($"{counted}"),
            (0, _) => Print.Text($"({accompanying})"),
            _ => Print.Text($"{counted} ({accompanying})"),
        };
    }

    private static IReadOnlyList<string> Row(string name, Tally tally, double? seconds) =>
    [
        name, Print.Text($"{tally.Right}"), Print.Text($"{tally.Wrong}"), Print.Text($"{tally.Missed}"),
        Share(tally.Precision), Share(tally.Recall), Share(tally.F1), seconds is double value ? Print.Text($"{value:F1}") : "-",
    ];

    private static string Share(double? share) => share is double value ? Print.Text($"{value:F3}") : "-";

    private static string Number(double? value) => value is double number ? Print.Text($"{number:G4}") : "-";

    private static string Word(bool holds) => holds ? "holds" : "FALLS SHORT";
}

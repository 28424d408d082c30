using System.Globalization;

namespace PerfKit.RegressionBenchmark;

/// <summary>Prints the rates beside their limits.</summary>
internal static class Report
{
    public static void Shapes(IEnumerable<Experiment> experiments)
    {
        Console.WriteLine("In percent of histories.              memory |  alone: false alarms, of 30 asked, step, creep | pairs: the same           | suspects");
        foreach (Experiment it in experiments)
            Line($"{it.Shape.Name,-36} {it.Shape.Memory,6:F2} | {Rates(it.Tallies[Confirmation.None]),46} | {Rates(it.Tallies[Confirmation.Pairs])} | {Tally.Share(it.Suspects, it.Tallies[Confirmation.None].Histories),6:F1}");
        Console.WriteLine();
    }

    /// <summary>Returns whether every figure that has a limit keeps it.</summary>
    public static bool Judge(IReadOnlyList<Experiment> experiments)
    {
        Dictionary<Confirmation, Tally> all = Enum.GetValues<Confirmation>().ToDictionary(it => it, _ => new Tally());
        foreach (Experiment experiment in experiments)
        {
            foreach ((Confirmation confirmation, Tally tally) in experiment.Tallies)
                all[confirmation].Add(tally);
        }

        int histories = all[Confirmation.None].Histories;
        Line($"{histories} histories of {Simulation.Runs} runs, asked about at the newest run unless said otherwise; in percent.");
        bool kept = true;
        foreach ((Confirmation confirmation, Tally tally) in all)
        {
            bool graded = confirmation == Confirmation.Pairs;
            string how = confirmation switch
            {
                Confirmation.None => "no reruns",
                Confirmation.NewestAgain => "suspects rerun, newest commit only",
                _ => "suspects rerun in pairs",
            };
            Console.WriteLine(how);
            kept &= AtMost("  false alarms", tally.FalseAlarms, histories, 1, graded || confirmation == Confirmation.None);
            Line($"  {"false alarms, asked at each of the newest 30",-46} {Tally.Share(tally.FalseAlarmsOfThirty, histories),6:F1}");
            kept &= AtLeast("  step of 1.5 widths found within 10 runs", tally.Steps, histories, 90, graded);
            kept &= AtLeast("  creep of 0.15 widths a run found within 30", tally.Creeps, histories, 90, graded);
        }

        Line($"suspects among unchanged histories: {Tally.Share(experiments.Sum(it => it.Suspects), histories):F1}; each costs 32 reruns in pairs");
        foreach (double widths in experiments[0].Power.Keys)
        {
            double stated = 100 * experiments.Sum(it => it.Power[widths].Stated) / histories;
            double found = Tally.Share(experiments.Sum(it => it.Power[widths].Found), histories);
            bool close = Math.Abs(stated - found) <= 5;
            kept &= close;
            Line($"power for {widths:F1} widths within 10 runs, no reruns: stated {stated:F1}, observed {found:F1} (limit 5 points) {(close ? "ok" : "SHORT")}");
        }

        return kept;
    }

    private static string Rates(Tally tally) =>
        string.Join(' ', new[] { tally.FalseAlarms, tally.FalseAlarmsOfThirty, tally.Steps, tally.Creeps }
            .Select(count => Tally.Share(count, tally.Histories).ToString("F1", CultureInfo.InvariantCulture).PadLeft(6)));

    private static bool AtMost(string what, int count, int histories, double limit, bool graded) =>
        Graded(what, Tally.Share(count, histories), "at most", limit, Tally.Share(count, histories) <= limit, graded);

    private static bool AtLeast(string what, int count, int histories, double limit, bool graded) =>
        Graded(what, Tally.Share(count, histories), "at least", limit, Tally.Share(count, histories) >= limit, graded);

    private static bool Graded(string what, double share, string bound, double limit, bool keeps, bool graded)
    {
        string verdict = keeps ? "ok" : graded ? "SHORT" : "short, which is what reruns are for";
        Line($"{what,-48} {share,6:F1} ({bound} {limit:F0}) {verdict}");
        return keeps || !graded;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

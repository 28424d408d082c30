using System.Globalization;
using System.Text;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>A verdict in plain words.</summary>
internal static class VerdictSentence
{
    private const double LeastShown = 0.001;

    // In between, four digits would be written with an exponent, which nobody reads in a sentence.
    private const double LeastWhole = 9999.5, MostWhole = 1e15;

    public static string Of(RegressionVerdict verdict)
    {
        var text = new StringBuilder(Name(verdict.Newest.Figure)).Append(": ").Append(Finding(verdict)).Append('.');
        if (verdict.MovedWith.Count > 0)
            text.Append(" With it moved ").AppendJoin(", ", verdict.MovedWith.Select(Moved)).Append('.');
        if (verdict.OtherMachineRuns > 0)
            text.Append(CultureInfo.InvariantCulture, $" {Runs(verdict.OtherMachineRuns)} of other machines {(verdict.OtherMachineRuns == 1 ? "was" : "were")} not compared.");
        if (verdict.Power is { } power)
            text.Append(' ').Append(power.Sentence);
        return text.ToString();
    }

    private static string Finding(RegressionVerdict verdict) => verdict.Outcome switch
    {
        RegressionOutcome.TooLittleHistory =>
            string.Create(CultureInfo.InvariantCulture, $"too little history to tell, {Runs(verdict.RunsNeeded)} more on this machine needed"),
        RegressionOutcome.Unchanged => "no worse than before",
        RegressionOutcome.Suspect => $"may have become worse, {Change(verdict)}; run it again before you believe it",
        RegressionOutcome.NotConfirmed => $"looked worse, {Change(verdict)}, but {Again(verdict)} did not confirm it",
        _ when verdict.Confirmation is not null => $"became worse, {Change(verdict)}, and {Again(verdict)} confirmed it",
        _ => $"became worse, {Change(verdict)}",
    };

    private static string Change(RegressionVerdict verdict)
    {
        string unit = verdict.Newest.Figure.Unit;
        string ratio = verdict.Ratio is { } times ? string.Create(CultureInfo.InvariantCulture, $" ({times:0.00}×)") : "";
        string how = verdict.Kind == RegressionKind.Drift ? "bit by bit since" : "since";
        string probability = verdict.PValue switch
        {
            null => "",
            < LeastShown => string.Create(CultureInfo.InvariantCulture, $", p < {LeastShown}"),
            { } p => string.Create(CultureInfo.InvariantCulture, $", p = {p:0.###}"),
        };
        return $"{Figure(verdict.LevelBefore!.Value, unit)} → {Figure(verdict.LevelAfter!.Value, unit)}{ratio}, {how} {Range(verdict.Range!)}{probability}";
    }

    private static string Range(CommitRange range) =>
        range.FirstBad.Commit is { } bad && range.LastGood.Commit is { } good
            ? good == bad ? $"an earlier run of {Short(bad)}" : $"{Short(good)}..{Short(bad)}"
            : string.Create(CultureInfo.InvariantCulture, $"the runs after {range.LastGood.FinishedAt:yyyy-MM-dd HH:mm} and up to {range.FirstBad.FinishedAt:yyyy-MM-dd HH:mm}");

    private static string Again(RegressionVerdict verdict) =>
        string.Create(CultureInfo.InvariantCulture, $"{Runs(verdict.Confirmation!.Runs)}{(verdict.Confirmation.Paired ? " in pairs" : " more")}");

    private static string Moved(MovedMetric metric)
    {
        string ratio = metric.Before > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({metric.After / metric.Before:0.00}×)") : "";
        return $"{metric.Metric}{(metric.Service.Length > 0 ? $" of {metric.Service}" : "")} {Figure(metric.Before, metric.Unit)} → {Figure(metric.After, metric.Unit)}{ratio}";
    }

    private static string Name(RunMetric figure) =>
        figure.Metric + (figure.Service.Length > 0 ? " of " + figure.Service : "") + (figure.Operation.Length > 0 ? " / " + figure.Operation : "");

    private static string Figure(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Math.Abs(value) is >= LeastWhole and < MostWhole ? value.ToString("F0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture))}{(unit.Length > 0 ? " " : "")}{unit}");

    private static string Runs(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "run" : "runs")}");

    private static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;
}

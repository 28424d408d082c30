namespace PerfKit.WaitsBenchmark;

/// <summary>A table's blames of one kind on the console.</summary>
internal static class Blames
{
    /// <returns>A culprit's part of what several are blamed for; 0 when they are blamed for nothing.</returns>
    public static double Print(WaitTable table, WaitKind kind, string culprit, string[] among)
    {
        WaitBlame[] blames = [.. table.Blames.Where(blame => blame.Kind == kind)];
        Verdicts.Print.Table(["victim", "culprit", "waits", "time"], blames.Select(blame => (IReadOnlyList<string>)
            [blame.Victim, blame.Culprit, Verdicts.Print.Text($"{blame.Count}"), Verdicts.Print.Text($"{blame.Total.TotalMilliseconds:0.0} ms")]).DefaultIfEmpty(["nobody", "", "", ""]));
        double all = blames.Where(blame => among.Contains(blame.Culprit)).Sum(blame => blame.Total.TotalSeconds);
        return all > 0 ? blames.Where(blame => blame.Culprit == culprit).Sum(blame => blame.Total.TotalSeconds) / all : 0;
    }
}

using System.Globalization;

namespace PerfKit.Benchmarking;

internal static class PowerSentence
{
    public static string Of(GatePower power)
    {
        string within = string.Create(CultureInfo.InvariantCulture, $"within {power.Runs} runs");
        string smallest = power.SmallestRatio is { } ratio
            ? $"This gate cannot see less than {Percent(ratio)} {within}"
            : $"This gate sees nothing {within}";
        string reruns = power.SmallestRatioWithReruns is { } confirmed ? $" ({Percent(confirmed)} when suspects are rerun)" : "";
        string target = power switch
        {
            { SmallestRatio: { } seen } when seen <= power.TargetRatio => "",
            { RunsToTarget: null } => string.Create(CultureInfo.InvariantCulture, $"; even {power.MostRuns} runs would not see {Percent(power.TargetRatio)}"),
            { RunsToTarget: { } runs } => $"; {More(Math.Max(1, runs - power.Runs))} would see {Percent(power.TargetRatio)}",
        };
        return $"{smallest}{reruns}{target}.";
    }

    internal static string Percent(double ratio)
    {
        double percent = (ratio - 1) * 100;
        return percent.ToString(percent < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";
    }

    private static string More(int runs) => string.Create(CultureInfo.InvariantCulture, $"{runs} more {(runs == 1 ? "run" : "runs")}");
}

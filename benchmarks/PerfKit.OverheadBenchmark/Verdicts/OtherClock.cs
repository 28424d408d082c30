using System.Globalization;
using PerfKit.Instrumentation;

namespace PerfKit.OverheadBenchmark;

/// <summary>What an operation costs by the processor's time-stamp counter, for which a process has to ask before its first meter.</summary>
internal static class OtherClock
{
    public const string Argument = "--counter";

    private const double Limit = 0.6;

    /// <summary>In the process of its own: prints the ratio to two time stamps, and which clock it was.</summary>
    public static void MeasureHere(Effort effort)
    {
        AppContext.SetSwitch("PerfKit.OperationMeter.UseTimeStampCounter", true);
        Subject stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);
        Subject metered = new("OperationMeter", Loops.Metered);
        Rounds rounds = Rounds.Of([stamps, metered], effort);
        double ratio = rounds.Ratio(metered, stamps);
        Print.Line($"{ratio:R} {rounds.AtMost(ratio, Limit)?.ToString() ?? "unsure"} {OperationMeter.Clock}");
    }

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        string[] told = Again.Run(Argument, isShort).Trim().Split(' ', 3);
        if (told[2] != "time-stamp counter")
        {
            Print.Line($"Not measured by the time-stamp counter. The clock is: {told[2]}.");
            Console.WriteLine();
            yield break;
        }
        double ratio = double.Parse(told[0], CultureInfo.InvariantCulture);
        yield return new("begin and end by the time-stamp counter", Print.Text($"{ratio:F3} x two stamps"), Print.Text($"at most {Limit:F2}"), bool.TryParse(told[1], out bool isMet) ? isMet : null);
    }
}

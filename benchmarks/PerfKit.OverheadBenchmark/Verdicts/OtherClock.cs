using System.Globalization;
using PerfKit.Instrumentation;

namespace PerfKit.OverheadBenchmark;

/// <summary>What an operation costs by the processor's time-stamp counter, for which a process has to ask before its first meter.</summary>
internal static class OtherClock
{
    public const string Argument = "--counter";

    /// <summary>In the process of its own: prints the ratio to two time stamps, and which clock it was.</summary>
    public static void MeasureHere(Effort effort)
    {
        AppContext.SetSwitch("PerfKit.OperationMeter.UseTimeStampCounter", true);
        Subject stamps = new("two Stopwatch.GetTimestamp()", Loops.TwoTimestamps);
        Subject metered = new("OperationMeter", Loops.Metered);
        Print.Line($"{Rounds.Of([stamps, metered], effort).Ratio(metered, stamps):R} {OperationMeter.Clock}");
    }

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        string[] told = Again.Run(Argument, isShort).Trim().Split(' ', 2);
        if (told[1] != "time-stamp counter")
        {
            Print.Line($"Not measured by the time-stamp counter. The clock is: {told[1]}.");
            Console.WriteLine();
            yield break;
        }
        double ratio = double.Parse(told[0], CultureInfo.InvariantCulture);
        yield return new("begin and end by the time-stamp counter", Print.Text($"{ratio:F3} x two stamps"), "at most 0.60", ratio <= 0.6);
    }
}

using System.Globalization;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// What a meter costs that is switched off, in a process of its own: the compiler lays code out for what it has seen, and an
/// application that switches its meters off shows it no other case.
/// </summary>
internal static class SwitchedOff
{
    public const string Argument = "--switched-off";

    // A quarter of a clock cycle, or less, on the machines of today.
    private const double Limit = 0.1;

    /// <summary>In the process of its own: prints what the meter adds to an empty loop, and what another empty loop does, in nanoseconds.</summary>
    public static void MeasureHere(Effort effort)
    {
        Subject empty = new("empty loop", Loops.Empty);
        Subject again = new("empty loop again", Loops.EmptyAgain);
        Subject off = new("OperationMeter, switched off", Loops.SwitchedOff);
        Rounds rounds = Rounds.Of([empty, again, off], effort);
        Print.Line($"{rounds.Difference(off, empty):R} {rounds.Difference(again, empty):R} {rounds.IsAlone}");
    }

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        string[] told = Again.Run(Argument, isShort).Split(' ');
        double added = double.Parse(told[0], CultureInfo.InvariantCulture), noise = double.Parse(told[1], CultureInfo.InvariantCulture);
        yield return new(
            "switched off, beside an empty loop",
            Print.Text($"{added:+0.000;-0.000} ns (another empty loop {noise:+0.000;-0.000})"),
            Print.Text($"at most {Limit} ns"),
            added <= Limit && Math.Abs(noise) <= Limit ? true : Math.Abs(noise) > Limit || !bool.Parse(told[2]) ? null : false);
    }
}

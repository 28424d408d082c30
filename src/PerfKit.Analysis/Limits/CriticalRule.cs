namespace PerfKit.Analysis;

/// <summary>Where a critical level lies that was not set.</summary>
/// <param name="Text">In words, for the documentation.</param>
/// <param name="Of">From the warning level.</param>
internal sealed record CriticalRule(string Text, Func<double, double> Of)
{
    public static readonly CriticalRule Twice = new("twice", warning => warning * 2);
    public static readonly CriticalRule FourTimes = new("four times", warning => warning * 4);
    public static readonly CriticalRule FiveTimes = new("five times", warning => warning * 5);
    public static readonly CriticalRule TenTimes = new("ten times", warning => warning * 10);
    public static readonly CriticalRule SixteenTimes = new("sixteen times", warning => warning * 16);
    public static readonly CriticalRule HalfWay = new("half-way to 100", warning => (warning + 100) / 2);
    public static readonly CriticalRule QuarterWay = new("a quarter of the way to 100", warning => warning + ((100 - warning) / 4));
    public static readonly CriticalRule TwoThirds = new("two thirds", warning => warning * 2 / 3);
}

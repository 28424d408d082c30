namespace PerfKit.Analysis;

/// <summary>The documented formula behind severity and impact score.</summary>
internal static class Impact
{
    /// <summary>
    /// How far a figure is past its warning limit, in units of the distance from warning to critical: 0 at warning, 1 at
    /// critical, negative below warning.
    /// </summary>
    public static double Excess(double value, double warning, double critical) => critical > warning
        ? (value - warning) / (critical - warning)
        : value >= warning ? 1 : -1; // both levels are one: past it is critical

    /// <summary>100 · √share · (1 − 2^−(x + ½)); 0 below the warning limit.</summary>
    public static double Score(double excess, double share = 1) =>
        excess < 0 ? 0 : 100 * Math.Sqrt(Math.Clamp(share, 0, 1)) * (1 - Math.Pow(2, -(excess + 0.5)));

    public static Severity SeverityOf(double score) => score switch
    {
        >= 80 => Severity.Critical,
        >= 60 => Severity.High,
        >= 25 => Severity.Medium,
        _ => Severity.Low,
    };
}

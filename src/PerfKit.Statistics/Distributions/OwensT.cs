namespace PerfKit.Statistics;

/// <summary>
/// The probability that X &gt; h and 0 &lt; Y &lt; aX for independent standard normal X and Y (D. B. Owen, "Tables for computing bivariate
/// normal probabilities", Annals of Mathematical Statistics 27 (1956), 1075–1090), by Gauss and Legendre's rule of ten points.
/// </summary>
internal static class OwensT
{
    // Abramowitz and Stegun, table 25.4, n = 10.
    private static readonly double[] Nodes = [0.148874338981631, 0.433395394129247, 0.679409568299024, 0.865063366688985, 0.973906528517172];
    private static readonly double[] Weights = [0.295524224714753, 0.269266719309996, 0.219086362515982, 0.149451349150581, 0.066671344308688];

    /// <param name="h">At least 0.</param>
    /// <param name="a">At least 0; to six digits up to 1 or so, to which it is used here.</param>
    public static double Of(double h, double a)
    {
        double sum = 0;
        for (int i = 0; i < Nodes.Length; i++)
            sum += Weights[i] * (Density(h, a / 2 * (1 - Nodes[i])) + Density(h, a / 2 * (1 + Nodes[i])));
        return sum * a / 2 / (2 * Math.PI);
    }

    private static double Density(double h, double x) => Math.Exp(-h * h * (1 + x * x) / 2) / (1 + x * x);
}

using PerfKit.Statistics;

namespace PerfKit.RegressionBenchmark;

/// <summary>
/// Noise without a change: what is remembered of the value before, and how what is new in each value is distributed.
/// </summary>
/// <param name="Name">Where the shape was measured.</param>
/// <param name="Memory">The first-order autoregression's coefficient.</param>
/// <param name="Quantiles">
/// Of the innovations at <see cref="Levels"/>, in robust widths; values in between are interpolated. <see langword="null"/>: two modes.
/// </param>
internal sealed record NoiseShape(string Name, double Memory, double[]? Quantiles)
{
    private const int Settling = 200;
    private const int WidthSample = 100_000;

    private static readonly double[] Levels = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

    /// <summary>
    /// Gets the shapes of the recorded series, measured once: each series of the Turing Change Point Dataset that may be used here, cut where
    /// at least two of five people marked a change, parts of fewer than 12 values left out, a straight line taken from each part. The memory is
    /// the lag-one correlation of what is left; the quantiles are of what it does not explain, in robust widths of each part. The last
    /// shape is not measured: it has the two modes that benchmarks often have and these series do not.
    /// </summary>
    public static IReadOnlyList<NoiseShape> Recorded { get; } =
    [
        new("children_per_woman", 0.91, [-11.97, -5.67, -2.10, -1.26, -0.68, -0.46, -0.32, 0.00, 0.33, 0.67, 1.02, 1.45, 1.76, 2.82, 13.34]),
        new("gdp_argentina", 0.54, [-2.97, -2.85, -1.81, -1.29, -0.85, -0.55, -0.10, 0.00, 0.37, 0.55, 0.70, 1.09, 1.52, 1.92, 2.15]),
        new("gdp_iran", 0.76, [-3.26, -2.51, -1.49, -1.00, -0.67, -0.52, -0.31, 0.00, 0.52, 0.67, 1.13, 1.61, 2.04, 2.76, 3.51]),
        new("gdp_japan", 0.79, [-4.40, -3.35, -1.97, -1.75, -1.20, -0.74, -0.24, 0.00, 0.25, 0.49, 0.61, 1.14, 3.01, 4.99, 5.07]),
        new("global_co2", 0.87, [-1.62, -1.45, -1.07, -0.94, -0.74, -0.47, -0.20, 0.00, 0.22, 0.48, 1.06, 1.72, 3.31, 6.33, 7.28]),
        new("jfk_passengers", 0.68, [-3.48, -1.86, -1.47, -1.22, -0.87, -0.54, -0.24, 0.00, 0.26, 0.49, 0.81, 1.08, 1.27, 1.50, 1.91]),
        new("quality_control_2", 0.02, [-2.17, -2.04, -1.59, -1.19, -0.81, -0.47, -0.19, 0.00, 0.28, 0.47, 0.91, 1.18, 1.53, 2.36, 2.82]),
        new("quality_control_3", 0.21, [-5.08, -2.52, -1.61, -1.29, -0.80, -0.53, -0.24, 0.00, 0.29, 0.51, 0.91, 1.32, 1.66, 2.11, 2.67]),
        new("quality_control_4", 0.87, [-2.36, -2.06, -1.52, -1.18, -0.81, -0.51, -0.21, 0.00, 0.21, 0.48, 0.90, 1.32, 1.79, 2.71, 3.95]),
        new("shanghai_license", 0.80, [-43.43, -3.37, -1.56, -1.32, -0.79, -0.52, -0.25, 0.00, 0.18, 0.51, 0.93, 1.60, 2.48, 10.58, 53.47]),
        new("uk_coal_employ", 0.60, [-3.30, -3.08, -1.87, -1.02, -0.84, -0.58, -0.37, 0.00, 0.28, 0.52, 0.72, 1.46, 1.76, 2.75, 3.12]),
        new("unemployment_nl", 0.54, [-4.24, -3.07, -1.93, -1.53, -1.02, -0.59, -0.25, 0.00, 0.18, 0.44, 0.78, 1.55, 2.26, 3.88, 5.62]),
        new("usd_isk", 0.85, [-12.71, -3.66, -1.92, -1.26, -0.78, -0.53, -0.28, 0.00, 0.18, 0.46, 0.86, 1.35, 1.71, 2.57, 4.36]),
        new("well_log", 0.40, [-12.91, -6.32, -1.84, -1.35, -0.87, -0.54, -0.23, 0.00, 0.26, 0.51, 0.77, 1.20, 1.54, 2.35, 6.75]),
        new("two modes, 30 % at 4 widths", 0.00, null),
    ];

    /// <summary>Gets the noise width: the robust standard deviation (1.4826 × the median absolute deviation) of the noise itself, memory included.</summary>
    public double Width { get; private init; }

    public NoiseShape Measured() => this with { Width = Spread.Robust(Series(WidthSample, new Random(1), 1))!.Value };

    /// <param name="mirror">−1 turns the noise upside down: whether a tail is on the bad side is chance.</param>
    public double[] Series(int count, Random random, int mirror)
    {
        double value = 0;
        double[] series = new double[count];
        for (int i = -Settling; i < count; i++)
        {
            value = Memory * value + Draw(random);
            if (i >= 0)
                series[i] = mirror * value;
        }

        return series;
    }

    private double Draw(Random random)
    {
        if (Quantiles is null)
            return Normal(random) + (random.NextDouble() < 0.3 ? 4 : 0);

        double level = random.NextDouble();
        int next = 1;
        while (Levels[next] < level)
            next++;
        double share = (level - Levels[next - 1]) / (Levels[next] - Levels[next - 1]);
        return Quantiles[next - 1] + share * (Quantiles[next] - Quantiles[next - 1]);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

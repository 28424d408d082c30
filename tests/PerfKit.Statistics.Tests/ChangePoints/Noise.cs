namespace PerfKit.Statistics.Tests;

/// <summary>Series without a change, from a seed.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Standard normal: Box and Muller's method.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Student's t with three degrees of freedom: its fourth moment is infinite.</summary>
    public double HeavyTailed() => Normal() / Math.Sqrt((Square() + Square() + Square()) / 3);

    /// <summary>Seven in ten about 0, three in ten about 4.</summary>
    public double Bimodal() => Normal() + (_random.NextDouble() < 0.3 ? 4 : 0);

    public double Skewed() => Math.Exp(0.5 * Normal());

    public double[] Series(int count, Func<double>? value = null) => [.. Enumerable.Range(0, count).Select(_ => (value ?? Normal)())];

    /// <summary>Each value is <paramref name="memory"/> of the one before, and something new.</summary>
    public double[] Autocorrelated(int count, double memory)
    {
        double value = Normal() / Math.Sqrt(1 - memory * memory);
        return Series(count, () => value = memory * value + Normal());
    }

    private double Square()
    {
        double value = Normal();
        return value * value;
    }
}

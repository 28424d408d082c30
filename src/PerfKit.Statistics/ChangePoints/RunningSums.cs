using System.Runtime.CompilerServices;

namespace PerfKit.Statistics;

/// <summary>What least squares needs of any segment, in constant time: what stands at i sums over all observations before i.</summary>
internal sealed class RunningSums
{
    private readonly double[] _times, _values, _timesSquared, _products, _valuesSquared;

    public RunningSums(Observations observations)
    {
        int count = observations.Count;
        _times = new double[count + 1];
        _values = new double[count + 1];
        _timesSquared = new double[count + 1];
        _products = new double[count + 1];
        _valuesSquared = new double[count + 1];
        for (int i = 0; i < count; i++)
        {
            double time = observations.Positions[i], value = observations.Values[i];
            _times[i + 1] = _times[i] + time;
            _values[i + 1] = _values[i] + value;
            _timesSquared[i + 1] = _timesSquared[i] + time * time;
            _products[i + 1] = _products[i] + time * value;
            _valuesSquared[i + 1] = _valuesSquared[i] + value * value;
        }
    }

    public int Count => _times.Length - 1;

    /// <summary>The observations from <paramref name="start"/> to before <paramref name="end"/>, of which there must be at least two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moments Between(int start, int end)
    {
        double count = end - start;
        double time = _times[end] - _times[start];
        double value = _values[end] - _values[start];
        return new Moments(
            time / count,
            value / count,
            _timesSquared[end] - _timesSquared[start] - time * time / count,
            _products[end] - _products[start] - time * value / count,
            _valuesSquared[end] - _valuesSquared[start] - value * value / count);
    }
}

/// <summary>Means, and sums of squares and products about them.</summary>
internal readonly record struct Moments(double Time, double Value, double TimeSquares, double Products, double ValueSquares)
{
    public double Slope => Products / TimeSquares;

    /// <summary>The part of <see cref="ValueSquares"/> that a line takes away.</summary>
    public double Explained => Products * Products / TimeSquares;
}

namespace PerfKit.Statistics;

/// <summary>The p-values of a scan at a grid of distances, so that thousands of simulated verdicts need no integrals.</summary>
internal sealed class PValueTable
{
    private const double Spacing = 0.05;
    private const int Count = 160;          // up to 8 standard deviations

    private readonly double[] _logarithms = new double[Count];

    public PValueTable(ShapeScan scan)
    {
        for (int i = 0; i < Count; i++)
            _logarithms[i] = Math.Log(scan.PValue(i * Spacing));
    }

    public double Of(double z)
    {
        double position = Math.Clamp(z / Spacing, 0, Count - 1);
        int index = Math.Min((int)position, Count - 2);
        double fraction = position - index;
        return Math.Exp(_logarithms[index] * (1 - fraction) + _logarithms[index + 1] * fraction);
    }
}

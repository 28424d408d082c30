namespace PerfKit.Statistics;

/// <summary>What every method here does with a sample first: it drops what is not finite.</summary>
internal static class Sample
{
    public static double[] Finite(ReadOnlySpan<double> values)
    {
        double[] finite = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                finite[count++] = value;
        }

        return count == finite.Length ? finite : finite[..count];
    }

    public static double[] FiniteSorted(ReadOnlySpan<double> values)
    {
        double[] sorted = Finite(values);
        Array.Sort(sorted);
        return sorted;
    }
}

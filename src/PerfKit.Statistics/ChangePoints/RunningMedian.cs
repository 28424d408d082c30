namespace PerfKit.Statistics;

/// <summary>The median of each value and its neighbors.</summary>
internal static class RunningMedian
{
    /// <summary>
    /// Takes up to <paramref name="reach"/> neighbors on each side; the window is cut at the ends. There a median lags behind a
    /// drift, so the line through the two outermost whole windows, carried on to the end, is a second answer.
    /// </summary>
    /// <returns>The lower and the upper median; at the ends, the range of all answers.</returns>
    public static (double Low, double High)[] Of(ReadOnlySpan<double> values, int reach)
    {
        var medians = new (double Low, double High)[values.Length];
        var window = new List<double>(2 * reach + 1);       // sorted; short, so moving its elements is cheap
        for (int next = 0; next < Math.Min(reach, values.Length); next++)
            Add(window, values[next]);

        for (int i = 0; i < values.Length; i++)
        {
            if (i + reach < values.Length)
                Add(window, values[i + reach]);
            if (i - reach > 0)
                window.RemoveAt(window.BinarySearch(values[i - reach - 1]));
            medians[i] = (window[(window.Count - 1) / 2], window[window.Count / 2]);
        }

        if (values.Length > 3 * reach)      // else the two windows are not whole
        {
            CarryOn(medians, reach);
            Array.Reverse(medians);
            CarryOn(medians, reach);
            Array.Reverse(medians);
        }

        return medians;
    }

    /// <summary>From the whole windows around <paramref name="reach"/> and twice that back to the beginning.</summary>
    private static void CarryOn((double Low, double High)[] medians, int reach)
    {
        double slope = (medians[2 * reach].Low - medians[reach].Low) / reach;
        for (int i = 0; i < reach; i++)
        {
            double value = medians[reach].Low - slope * (reach - i);
            medians[i] = (Math.Min(medians[i].Low, value), Math.Max(medians[i].High, value));
        }
    }

    private static void Add(List<double> sorted, double value)
    {
        int index = sorted.BinarySearch(value);
        sorted.Insert(index < 0 ? ~index : index, value);
    }
}

namespace PerfKit.Statistics;

/// <summary>
/// The differences of all pairs of two sorted samples, never listed: since they grow along both samples, those up to a limit are
/// counted in one pass, and the one of a rank is found by halving the numbers it can be. A comparison of 10,000 with 10,000
/// values takes two passes of 20,000 steps for each bit, not a hundred million differences.
/// </summary>
internal readonly struct PairDifferences(double[] before, double[] after)
{
    public long Count => (long)before.Length * after.Length;

    public double Median()
    {
        double low = Smallest((Count + 1) / 2), high = Smallest(Count / 2 + 1);
        return low == high ? low : low / 2 + high / 2;
    }

    /// <summary>The difference of this rank, from 1.</summary>
    public double Smallest(long rank)
    {
        long low = Ordered(after[0] - before[^1]), high = Ordered(after[^1] - before[0]);
        while (low < high)
        {
            long middle = low + (long)((ulong)(high - low) / 2);
            if (UpTo(Number(middle)) >= rank)
                high = middle;
            else
                low = middle + 1;
        }

        return Number(low);
    }

    private long UpTo(double limit)
    {
        long count = 0;
        int first = 0;          // with this and all later values before, the difference is within the limit
        foreach (double value in after)
        {
            while (first < before.Length && value - before[first] > limit)
                first++;
            count += before.Length - first;
        }

        return count;
    }

    /// <summary>Numbers a double such that the order of the numbers is the order of the doubles.</summary>
    private static long Ordered(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);        // −0 becomes 0
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double Number(long ordered) => BitConverter.Int64BitsToDouble(ordered >= 0 ? ordered : long.MinValue - ordered);
}

using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Metrics that repeat exactly: any change for the worse within the newest runs counts, however small the history.</summary>
internal static class ExactGate
{
    /// <summary>A level is the median of so many runs, so that one odd run does not move it.</summary>
    private const int Level = 3;

    /// <summary>The first bad run, and the level before it; <see langword="null"/> when the newest run is as good as those before.</summary>
    public static (int FirstBad, double Before)? Find(History history, int window)
    {
        double[] figures = [.. history.Badness.Select(figure => Whole(figure, history.Newest.Figure.Unit))];
        double newest = figures[^1];
        for (int last = figures.Length - 2; last >= Math.Max(0, figures.Length - 1 - window); last--)
        {
            double before = Quantile.Of(figures.AsSpan(Math.Max(0, last - Level + 1)..(last + 1)), 0.5)!.Value;
            double limit = before + history.Rule.Tolerance * Math.Abs(before);
            if (newest <= limit)
                continue;

            int first = figures.Length - 1;
            while (first > 0 && figures[first - 1] > limit)
                first--;
            return first == 0 ? null : (first, before);
        }

        return null;
    }

    /// <summary>A mean of bytes may have a fraction; there is no half of a byte to gate on.</summary>
    private static double Whole(double figure, string unit) => unit == "B" ? Math.Round(figure) : figure;
}

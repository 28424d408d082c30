namespace PerfKit.ChangePointBenchmark;

/// <summary>
/// The two measures of the Turing Change Point Dataset's benchmark: G. J. J. van den Burg, C. K. I. Williams, "An Evaluation of
/// Change Point Detection Algorithms", arXiv 2003.06222, section 5.1.
/// </summary>
internal readonly record struct Score(double F1, double Covering)
{
    /// <summary>How far, in observations, a prediction may be from the point it is counted for.</summary>
    private const int Margin = 5;

    /// <param name="predicted">Indices; 0 and the last observation are dropped, as the benchmark does.</param>
    public static Score Of(IReadOnlyList<int[]> people, IEnumerable<int> predicted, int count)
    {
        SortedSet<int> points = [.. predicted.Where(point => point > 0 && point < count - 1)];
        SortedSet<int> found = [0, .. points];
        ReferenceOrder[] truths = [.. people.Select(WithTrivial)];
        ReferenceOrder union = [.. truths.SelectMany(truth => truth)];

        double precision = (double)Matches(union, found) / found.Count;
        double recall = truths.Average(truth => (double)Matches(truth, found) / truth.Count);
        return new Score(2 * precision * recall / (precision + recall), people.Average(person => Cover(person, points, count)));
    }

    public static Score Mean(IReadOnlyCollection<Score> scores) => new(scores.Average(it => it.F1), scores.Average(it => it.Covering));

    /// <summary>A series begins with a segment, so 0 is everybody's change point.</summary>
    private static ReferenceOrder WithTrivial(int[] points) => [.. points, 0];

    /// <summary>Pairs each true point with the nearest prediction within the margin that is still free.</summary>
    private static int Matches(ReferenceOrder truth, SortedSet<int> found)
    {
        SortedSet<int> free = [.. found];
        int matches = 0;
        foreach (int point in truth)
        {
            SortedSet<int> near = free.GetViewBetween(point - Margin, point + Margin);
            if (near.Count == 0)
                continue;
            free.Remove(near.MinBy(it => Math.Abs(it - point)));        // of two as near, the smaller
            matches++;
        }

        return matches;
    }

    /// <summary>One person's segments, weighted by length, by their best overlap (Jaccard) with a predicted segment.</summary>
    private static double Cover(int[] truth, SortedSet<int> points, int count)
    {
        (int Start, int End)[] ours = Segments(points, count);
        double cover = 0;
        foreach ((int start, int end) in Segments(truth, count))
        {
            double best = 0;
            foreach ((int ourStart, int ourEnd) in ours)
            {
                int common = Math.Min(end, ourEnd) - Math.Max(start, ourStart);
                if (common > 0)
                    best = Math.Max(best, (double)common / (end - start + ourEnd - ourStart - common));
            }

            cover += (end - start) * best;
        }

        return cover / count;
    }

    private static (int Start, int End)[] Segments(IEnumerable<int> points, int count)
    {
        SortedSet<int> starts = [0, .. points];
        return [.. starts.Zip(starts.Skip(1).Append(count))];
    }
}

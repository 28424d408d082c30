using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Finds which other metrics of the same runs changed where a regression began.</summary>
internal static class Companions
{
    /// <summary>For all companions together (Bonferroni).</summary>
    private const double FalseAlarmRate = 0.01;

    private const int MostShown = 5;

    public static IReadOnlyList<MovedMetric> Moved(
        History history, int firstBad, int window, IReadOnlyList<IReadOnlyList<MetricPoint>> companions, Func<string, string, MetricRule?> rule)
    {
        HashSet<Guid> before = [.. Runs(history, Math.Max(0, firstBad - window), firstBad)], after = [.. Runs(history, firstBad, history.Points.Count)];
        var moved = new List<(MovedMetric Metric, double Size)>();
        foreach (IReadOnlyList<MetricPoint> companion in companions)
        {
            if (companion.Count == 0 || Same(companion[0].Figure, history.Newest.Figure) || rule(companion[0].Figure.Metric, companion[0].Figure.Unit) is not { } how)
                continue;
            if (Compare(companion[0].Figure, ValuesOf(companion, before), ValuesOf(companion, after), how.IsExact, FalseAlarmRate / companions.Count) is { } found)
                moved.Add((found, found.Before > 0 && found.After > 0 ? Math.Abs(Math.Log(found.After / found.Before)) : double.MaxValue));
        }

        return [.. moved.OrderByDescending(it => it.Size).Select(it => it.Metric).Take(MostShown)];
    }

    private static MovedMetric? Compare(RunMetric figure, double[] before, double[] after, bool exact, double rate)
    {
        if (Quantile.Of(before, 0.5) is not { } levelBefore || Quantile.Of(after, 0.5) is not { } levelAfter || levelBefore == levelAfter)
            return null;

        double? probability = exact ? null : MannWhitney.Compare(before, after).PValue;
        return exact || probability < rate
            ? new MovedMetric(figure.Service, figure.Operation, figure.Metric, figure.Unit, levelBefore, levelAfter, probability) : null;
    }

    private static double[] ValuesOf(IReadOnlyList<MetricPoint> points, HashSet<Guid> runs) =>
        [.. points.Where(point => runs.Contains(point.RunId)).Select(point => point.Figure.Value)];

    private static IEnumerable<Guid> Runs(History history, int start, int end) =>
        Enumerable.Range(start, end - start).Select(index => history.Points[index].RunId);

    private static bool Same(RunMetric one, RunMetric other) =>
        one.Service == other.Service && one.Operation == other.Operation && one.Metric == other.Metric;
}

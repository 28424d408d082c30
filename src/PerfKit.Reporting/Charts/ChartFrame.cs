namespace PerfKit.Reporting;

/// <summary>A series over the columns of a <see cref="ChartFrame"/>, with the statistics of all its figures.</summary>
internal sealed record ChartLine(string Label, ChartColumn[] Columns, double? Minimum, double? Median, double? Maximum);

/// <summary>
/// A chart on a common grid of time: one column an instant, or, when the instants are many, one a stretch of time, in which
/// the lowest and highest figures are kept, so that no peak is lost.
/// </summary>
internal sealed class ChartFrame
{
    private ChartFrame(TimeSpan start, TimeSpan end, double[] columns, IReadOnlyList<ChartLine> lines)
    {
        Start = start;
        End = end;
        Columns = columns;
        Lines = lines;
    }

    public TimeSpan Start { get; }

    public TimeSpan End { get; }

    /// <summary>Where each column lies between start and end, in seconds from the chart's zero, ascending.</summary>
    public double[] Columns { get; }

    public IReadOnlyList<ChartLine> Lines { get; }

    public bool IsEmpty => Lines.All(line => line.Maximum is null);

    public static ChartFrame Create(ChartBlock block, int maximumColumns)
    {
        TimeSpan[] instants = [.. block.Series.SelectMany(series => series.Points).Select(point => point.At).Distinct().Order()];
        if (instants.Length == 0)
        {
            return new ChartFrame(TimeSpan.Zero, TimeSpan.Zero, [], [.. block.Series.Select(series => Line(series, [], _ => 0))]);
        }

        TimeSpan start = instants[0];
        TimeSpan end = instants[^1];
        double[] columns;
        Func<TimeSpan, int> columnOf;
        if (instants.Length <= maximumColumns)
        {
            columns = [.. instants.Select(instant => instant.TotalSeconds)];
            columnOf = at => Array.BinarySearch(instants, at);
        }
        else
        {
            double width = (end.TotalSeconds - start.TotalSeconds) / maximumColumns;
            columns = [.. Enumerable.Range(0, maximumColumns).Select(i => start.TotalSeconds + ((i + 0.5) * width))];
            columnOf = at => Math.Clamp((int)((at.TotalSeconds - start.TotalSeconds) / width), 0, maximumColumns - 1);
        }

        return new ChartFrame(start, end, columns, [.. block.Series.Select(series => Line(series, columns, columnOf))]);
    }

    /// <summary>Where a column lies on the axis, 0 to 1; a single instant stands in the middle.</summary>
    public double Position(double seconds) =>
        End == Start ? 0.5 : Math.Clamp((seconds - Start.TotalSeconds) / (End.TotalSeconds - Start.TotalSeconds), 0, 1);

    private static ChartLine Line(ChartSeries series, double[] columns, Func<TimeSpan, int> columnOf)
    {
        var cells = new ChartColumn[columns.Length];
        foreach (ChartPoint point in series.Points)
        {
            ref ChartColumn cell = ref cells[columnOf(point.At)];
            cell = cell.With(point.Value);
        }

        double[] figures = [.. series.Points.Select(point => point.Value).OfType<double>().Where(double.IsFinite).Order()];
        return figures.Length == 0
            ? new ChartLine(series.Label, cells, null, null, null)
            : new ChartLine(series.Label, cells, figures[0], Median(figures), figures[^1]);
    }

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] / 2) + (sorted[sorted.Length / 2] / 2);
}

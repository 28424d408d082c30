using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>The means of all figures. Bounded; not thread-safe.</summary>
internal sealed class FigureBook(TimeProvider time, TimeSpan longestGap)
{
    internal const int MostSeries = 256;

    private static readonly ThresholdDefinition[] Sampled = [.. ThresholdCatalog.All.Where(threshold => threshold.Figure is not null)];

    private readonly FigureAverages[] _sampled = [.. Sampled.Select(_ => new FigureAverages())];
    private readonly Dictionary<(string Figure, string? Service), FigureAverages> _others = [];
    private readonly long _origin = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_origin);

    public void Add(in ResourceSample sample, List<FigureReading> figures)
    {
        TimeSpan now = Now, weight = sample.Interval <= longestGap ? sample.Interval.Value : TimeSpan.Zero; // what was in a pause, nobody knows
        for (int i = 0; i < Sampled.Length; i++)
            Add(_sampled[i], Sampled[i].Figure!(sample), now, weight);
        foreach (FigureAverages series in _others.Values)
            series.Miss();
        foreach (FigureReading reading in figures)
        {
            if (!_others.TryGetValue((reading.Figure, reading.Service), out FigureAverages? series))
            {
                if (_others.Count == MostSeries || reading.Value is null)
                    continue;
                _others.Add((reading.Figure, reading.Service), series = new FigureAverages());
            }
            Add(series, reading.Value, now, weight);
        }
    }

    public IReadOnlyList<FigureSummary> Summarize() =>
    [
        .. Sampled.Select((threshold, i) => Summary(threshold.Key, null, _sampled[i])).Where(summary => summary.Latest is not null || summary.LastFifteenMinutes is not null),
        .. _others.OrderBy(series => series.Key.Figure, StringComparer.Ordinal).ThenBy(series => series.Key.Service, StringComparer.Ordinal)
            .Select(series => Summary(series.Key.Figure, series.Key.Service, series.Value)),
    ];

    private FigureSummary Summary(string figure, string? service, FigureAverages series)
    {
        TimeSpan now = Now;
        (double? fifteen, TimeSpan covered) = series.Over(TimeSpan.FromMinutes(15), now);
        return new FigureSummary
        {
            Figure = figure,
            Service = service,
            Unit = ThresholdCatalog.Find(figure)?.UnitText ?? "",
            Latest = series.Latest,
            LastMinute = series.Over(TimeSpan.FromMinutes(1), now).Mean,
            LastFiveMinutes = series.Over(TimeSpan.FromMinutes(5), now).Mean,
            LastFifteenMinutes = fifteen,
            Covered = covered,
        };
    }

    private static void Add(FigureAverages series, double? value, TimeSpan now, TimeSpan weight)
    {
        if (value is double known && double.IsFinite(known))
            series.Add(now, known, weight);
        else
            series.Miss();
    }
}

using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Storage;

namespace PerfKit;

/// <summary>What a comparison needs of one start, whether it was kept as a report or as figures in a store.</summary>
internal sealed record StartupRun
{
    private const string TotalMetric = "total start-up time";
    private const string OwnMetric = "own start-up time";
    private const string OnPathMetric = "start-up time on the critical path";
    private const string BeganMetric = "start-up began at";
    private const string WholeMetric = "whole start-up time";
    private const string PredictedMetric = "predicted start-up saving: ";

    // A store takes 10,000 figures a run; a service has four.
    private const int MostServices = 2_000;

    public required string Source { get; init; }

    public required string Application { get; init; }

    public required string Machine { get; init; }

    public required DateTimeOffset At { get; init; }

    public TimeSpan Total { get; init; }

    public IReadOnlyDictionary<string, StartedService> Services { get; init; } = new Dictionary<string, StartedService>();

    public IReadOnlyList<KeptAdvice> Advice { get; init; } = [];

    /// <summary>The report it was made of, which alone can be replayed; <c>null</c> for a stored run.</summary>
    public StartupReport? Report { get; init; }

    public static StartupRun Of(StartupReport report) => Of(report, report.Records.ToLookup(record => record.Name, StringComparer.Ordinal));

    private static StartupRun Of(StartupReport report, ILookup<string, StartupRecord> records) => new()
    {
        Source = "report",
        Application = report.Application,
        Machine = report.Machine.Fingerprint,
        At = report.CreatedAt,
        Total = report.TotalStartupTime,
        Services = report.Services.Where(service => !service.IsAfterReady).ToDictionary(
            service => service.Name,
            service => Started(report, service, records[service.Name]),
            StringComparer.Ordinal),
        Advice = report.Recommendations
            .Where(advice => advice.Changes.Count == 1 && advice.Saving is { Unit: MeasureUnit.Seconds })
            .Select(advice => new KeptAdvice(advice.Title, advice.Changes[0], TimeSpan.FromSeconds(advice.Saving!.AtMost), advice.Saving.AtLeast == advice.Saving.AtMost))
            .ToArray(),
        Report = report,
    };

    // A hosted service is built early and started late: where it lay is where its longest record did.
    private static StartedService Started(StartupReport report, StartupService service, IEnumerable<StartupRecord> records)
    {
        StartupRecord? longest = records.MaxBy(record => record.Duration);
        return new StartedService(
            service.SelfDuration, report.CriticalPath.TimeOf(service.Name), longest?.StartedAt ?? service.StartedAt, longest?.Duration ?? service.Duration);
    }

    public static StartupRun Of(AuditRun run)
    {
        ILookup<string, RunMetric> byService = run.Metrics.ToLookup(metric => metric.Service, StringComparer.Ordinal);
        return new StartupRun
        {
            Source = "stored run",
            Application = run.Application,
            Machine = run.MachineFingerprint,
            At = run.FinishedAt,
            Total = TotalOf(run) ?? throw new FormatException($"The stored run {run.Id} has no figure named '{TotalMetric}'; allowed: runs of complete starts."),
            Services = byService.Where(metrics => Find(metrics, OwnMetric) is not null).ToDictionary(
                metrics => metrics.Key,
                metrics => new StartedService(Find(metrics, OwnMetric)!.Value, Find(metrics, OnPathMetric), Find(metrics, BeganMetric), Find(metrics, WholeMetric)),
                StringComparer.Ordinal),
            Advice = AdviceIn(run),
        };
    }

    public static TimeSpan? TotalOf(AuditRun run) => Find(run.Metrics, TotalMetric);

    public IReadOnlyList<RunMetric> ToMetrics(string application)
    {
        var metrics = new List<RunMetric> { new(application, TotalMetric, Total.TotalSeconds, "s") };
        foreach ((string name, StartedService service) in Services.OrderByDescending(pair => pair.Value.Own).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostServices))
        {
            metrics.Add(new RunMetric(name, OwnMetric, service.Own.TotalSeconds, "s"));
            Add(metrics, name, OnPathMetric, service.OnPath);
            Add(metrics, name, BeganMetric, service.Began);
            Add(metrics, name, WholeMetric, service.Whole);
        }
        // A group of services is kept with each of its members.
        foreach (KeptAdvice advice in Advice.DistinctBy(advice => (advice.Change.Kind, advice.Change.Kind == StartupChangeKind.Parallel ? "" : advice.Change.Services[0])))
        {
            metrics.AddRange(advice.Change.Services.Take(64)
                .Select(service => new RunMetric(service, PredictedMetric + advice.Change.Kind.ToString().ToLowerInvariant(), advice.Predicted.TotalSeconds, "s")));
        }
        return metrics;
    }

    private static List<KeptAdvice> AdviceIn(AuditRun run)
    {
        var advice = new List<KeptAdvice>();
        foreach (StartupChangeKind kind in Enum.GetValues<StartupChangeKind>())
        {
            string name = PredictedMetric + kind.ToString().ToLowerInvariant();
            RunMetric[] found = run.Metrics.Where(metric => metric.Metric == name).ToArray();
            IEnumerable<RunMetric[]> groups = kind == StartupChangeKind.Parallel ? found.Length > 0 ? [found] : [] : found.Select(metric => new[] { metric });
            foreach (RunMetric[] group in groups)
            {
                string[] services = group.Select(metric => metric.Service).ToArray();
                advice.Add(new KeptAdvice(Title(kind, services), new StartupChange { Kind = kind, Services = services }, TimeSpan.FromSeconds(group[0].Value), kind != StartupChangeKind.Speed));
            }
        }
        return advice;
    }

    private static string Title(StartupChangeKind kind, string[] services) => kind switch
    {
        StartupChangeKind.Defer => $"Start {services[0]} after the application is ready",
        StartupChangeKind.Background => $"Start {services[0]} beside what follows it",
        StartupChangeKind.Parallel => $"Start {string.Join(", ", services)} together",
        _ => $"Shorten {services[0]}",
    };

    private static void Add(List<RunMetric> metrics, string service, string metric, TimeSpan? value)
    {
        if (value is { } time)
            metrics.Add(new RunMetric(service, metric, time.TotalSeconds, "s"));
    }

    private static TimeSpan? Find(IEnumerable<RunMetric> metrics, string name) =>
        metrics.FirstOrDefault(metric => metric.Metric == name) is { } found ? TimeSpan.FromSeconds(found.Value) : null;
}

/// <summary>A service that started before ready; what an older store does not have is <c>null</c>.</summary>
internal sealed record StartedService(TimeSpan Own, TimeSpan? OnPath, TimeSpan? Began, TimeSpan? Whole)
{
    /// <summary>How long both were starting at once, over the shorter one's time; <c>null</c> where it is not known.</summary>
    public double? Overlap(StartedService other)
    {
        if (Began is not { } begin || Whole is not { } whole || other.Began is not { } otherBegin || other.Whole is not { } otherWhole)
            return null;
        double from = Math.Max(begin.Ticks, otherBegin.Ticks), to = Math.Min((begin + whole).Ticks, (otherBegin + otherWhole).Ticks);
        return Math.Max(0, to - from) / Math.Max(1, Math.Min(whole.Ticks, otherWhole.Ticks));
    }
}

/// <summary>A recommendation as an earlier start kept it.</summary>
internal sealed record KeptAdvice(string Title, StartupChange Change, TimeSpan Predicted, bool IsOneFigure);

using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit;

/// <summary>Turns a run-time report into a document.</summary>
internal static class RuntimeDocument
{
    private const string Unattributed = "(unattributed)";

    public static ReportDocument Of(RuntimeReport report) => new()
    {
        Title = $"{report.Application}: run time",
        Subtitle = report.Machine.Fingerprint,
        CreatedAt = report.CreatedAt,
        Facts = Facts(report),
        Sections =
        [
            DocumentParts.Conclusions("Run-time bottlenecks", report.Bottlenecks, report.Recommendations, Notices(report)),
            .. ScoresDocument.Of(report),
            Services(report),
            .. WaitsDocument.Of(report),
            .. OperationsDocument.Of(report),
            Resources(report),
            .. report.Explanations.Count > 0 ? [DocumentParts.WhyAndWhyNot(report.Explanations, report.Bottlenecks)] : Array.Empty<ReportSection>(),
        ],
    };

    private static ReportFact[] Facts(RuntimeReport report)
    {
        double? cores = report.ProcessCpu / report.Duration;
        double? available = report.Samples.Count > 0 ? report.Samples[^1].AvailableCores : null;
        double? percent = cores / available * 100;
        double? workingSet = Quantile.Of(report.Samples.Select(sample => (double?)sample.WorkingSetBytes).OfType<double>().ToArray(), 1);
        return
        [
            new("Watched", DocumentParts.Seconds(report.Duration), $"{DocumentParts.Things(report.Samples.Count, "sample")}; {report.Usage.Count(usage => usage.Service != ServiceContext.OwnName)} of {DocumentParts.Things(report.ServicesMonitored, "service")} active" + (report.IsPartial ? "; ended early" : "")),
            new("CPU", new Quantity(cores, Unit.Cores), percent is double used ? $"{new Quantity(used, Unit.Percent).Format()} of what it may use" : null,
                percent >= report.Thresholds.CpuPercent ? FactTone.Bad : FactTone.Neutral),
            new("Memory", new Quantity(workingSet, Unit.Bytes), "working set, highest", workingSet >= report.Thresholds.MemoryBytes ? FactTone.Bad : FactTone.Neutral),
            DocumentParts.Findings("Run-time bottlenecks", report.Bottlenecks),
        ];
    }

    private static List<ReportBlock> Notices(RuntimeReport report)
    {
        var notices = new List<ReportBlock>();
        if (report.IsPartial)
        {
            notices.Add(new NoticeBlock(
                $"Partial: ended after {DocumentParts.Seconds(report.Duration).Format()} of {DocumentParts.Seconds(report.RequestedDuration).Format()}.", FactTone.Warning));
        }
        if (report.DroppedSamples > 0)
            notices.Add(new NoticeBlock($"The {report.DroppedSamples} oldest samples are not shown: the history holds {report.Samples.Count}.", FactTone.Warning));
        if (report.LoweredDetail is { } lowered)
            notices.Add(new NoticeBlock(lowered, FactTone.Warning));
        notices.AddRange(report.UnavailableFigures.Select(figure => new NoticeBlock($"Not available: {figure.Figure}. {figure.Reason}", FactTone.Warning)));
        notices.AddRange(report.Failures.Select(failure => new NoticeBlock($"A detector failed: {failure}", FactTone.Bad)));
        return notices;
    }

    private static ReportSection Services(RuntimeReport report)
    {
        if (report.Usage.All(usage => usage.Service == ServiceContext.OwnName))
        {
            return new ReportSection
            {
                Title = "Services",
                Blocks = [new NoticeBlock("No service context was entered, so the figures are of the process as a whole. Enter one with ServiceContext.Enter(name).")],
            };
        }
        bool hasInner = report.Usage.Any(usage => usage.Inclusive is not null);
        return new ReportSection
        {
            Title = "Services",
            Summary = "What each service consumed, inner services not included in outer ones. Times are of threads: together they may be longer than the watched time. "
                + "Unattributed is what ran outside every service context: the collector, the JIT compiler, the framework, code that enters none."
                + Certainty(report),
            Blocks =
            [
                new TableBlock
                {
                    Title = "Time by service",
                    Columns =
                    [
                        new TableColumn("Service"),
                        new TableColumn("CPU share", ColumnAlignment.Right),
                        new TableColumn("CPU", ColumnAlignment.Right),
                        .. hasInner ? [new TableColumn("CPU with inner", ColumnAlignment.Right)] : Array.Empty<TableColumn>(),
                        new TableColumn("Waiting for CPU", ColumnAlignment.Right),
                        new TableColumn("Blocked", ColumnAlignment.Right),
                        new TableColumn("Awaiting", ColumnAlignment.Right),
                        new TableColumn("Entered", ColumnAlignment.Right),
                    ],
                    Rows =
                    [
                        .. report.Usage.Select(usage => TimeRow(usage, report, hasInner)),
                        new TableRow(Unattributed, Share(report.UnattributedCpu, report), Cores(report.UnattributedCpu, report)),
                    ],
                },
                new TableBlock
                {
                    Title = "Memory and I/O by service",
                    Columns =
                    [
                        new TableColumn("Service"),
                        new TableColumn("Allocated", ColumnAlignment.Right),
                        new TableColumn("I/O calls", ColumnAlignment.Right),
                        new TableColumn("I/O bytes", ColumnAlignment.Right),
                    ],
                    Rows = report.Usage.OrderByDescending(usage => usage.AllocatedBytes).Select(MemoryRow).ToArray(),
                },
            ],
        };
    }

    private static TableRow TimeRow(ServiceUsage usage, RuntimeReport report, bool hasInner) => new(
    [
        usage.Service,
        Share(usage.Cpu, report),
        Cores(usage.Cpu, report),
        .. hasInner ? [Cores((usage.Inclusive ?? usage).Cpu, report)] : Array.Empty<TableCell>(),
        DocumentParts.Seconds(usage.QueuedForCpu),
        DocumentParts.Seconds(usage.Blocked),
        DocumentParts.Seconds(usage.Awaiting),
        DocumentParts.Count(usage.Entries),
    ]);

    // Of services that matter: in a few microseconds of CPU time, the error may well be most of it.
    private static string Certainty(RuntimeReport report)
    {
        ServiceUsage? worst = report.Usage
            .Where(usage => usage.CpuError is not null && usage.Cpu > TimeSpan.Zero && usage.Cpu >= report.ProcessCpu / 100)
            .MaxBy(usage => usage.CpuError / usage.Cpu);
        return worst is null ? ""
            : $" CPU of services above 1 % of the process is sure to within {new Quantity(worst.CpuError / worst.Cpu * 100, Unit.Percent).Format()}: short slices are taken as CPU time.";
    }

    private static TableRow MemoryRow(ServiceUsage usage) => new(
        usage.Service,
        DocumentParts.Bytes(usage.AllocatedBytes),
        DocumentParts.Count(usage.IoOperations),
        DocumentParts.Bytes(usage.IoReadBytes + usage.IoWrittenBytes));

    private static Quantity Share(TimeSpan? cpu, RuntimeReport report) =>
        new(report.ProcessCpu > TimeSpan.Zero ? cpu / report.ProcessCpu * 100 : null, Unit.Percent);

    private static Quantity Cores(TimeSpan? cpu, RuntimeReport report) =>
        new(report.Duration > TimeSpan.Zero ? cpu / report.Duration : null, Unit.Cores);

    private static ReportSection Resources(RuntimeReport report)
    {
        TimeSpan[] times = Times(report.Samples);
        return new ReportSection
        {
            Title = "Resources over time",
            Blocks =
            [
                Chart("CPU, of what the process may use", Unit.Percent, report, times,
                    [("process", sample => sample.CpuPercent), ("machine", sample => sample.MachineCpuPercent)],
                    new ChartLimit("warning", report.Thresholds.CpuPercent)),
                Chart("Memory", Unit.Bytes, report, times,
                    [("working set", sample => sample.WorkingSetBytes), ("managed heap", sample => sample.ManagedHeapBytes)],
                    new ChartLimit("warning", report.Thresholds.MemoryBytes)),
                Chart("Allocation", Unit.BytesPerSecond, report, times, [("allocated", sample => sample.AllocatedBytesPerSecond)]),
                Chart("I/O calls", Unit.CountPerSecond, report, times, [("reads and writes", sample => sample.IoOperationsPerSecond)],
                    new ChartLimit("warning", report.Thresholds.IoOperationsPerSecond)),
                Chart("Thread pool", Unit.Count, report, times,
                    [("pool threads", sample => sample.ThreadPoolThreadCount), ("queued work items", sample => sample.ThreadPoolQueueLength)]),
                Trends(report),
            ],
        };
    }

    private static ChartBlock Chart(
        string title, Unit unit, RuntimeReport report, TimeSpan[] times,
        (string Label, Func<ResourceSample, double?> Figure)[] series, params ChartLimit[] limits) => new()
        {
            Title = title,
            Unit = unit,
            Series = series
                .Where(line => report.Samples.Any(sample => line.Figure(sample) is not null))
                .Select(line => new ChartSeries(line.Label, times.Select((at, i) => new ChartPoint(at, line.Figure(report.Samples[i]))).ToArray()))
                .ToArray(),
            Limits = limits,
        };

    // Intervals, not time stamps: the wall clock may have been set during the audit.
    private static TimeSpan[] Times(IReadOnlyList<ResourceSample> samples)
    {
        var times = new TimeSpan[samples.Count];
        for (int i = 1; i < times.Length; i++)
            times[i] = times[i - 1] + (samples[i].Interval ?? TimeSpan.Zero);
        return times;
    }

    private static TableBlock Trends(RuntimeReport report) => new()
    {
        Title = "Trends, with the change over the watched time",
        Columns =
        [
            new TableColumn("Figure"),
            new TableColumn("Trend"),
            new TableColumn("Least", ColumnAlignment.Right),
            new TableColumn("Median", ColumnAlignment.Right),
            new TableColumn("Most", ColumnAlignment.Right),
            new TableColumn("Change", ColumnAlignment.Right),
        ],
        Rows = report.Trends.Select(trend => new TableRow(
            trend.Measure,
            trend.Direction.ToString(),
            DocumentParts.Of(trend.Minimum, trend.Unit),
            DocumentParts.Of(trend.Median, trend.Unit),
            DocumentParts.Of(trend.Maximum, trend.Unit),
            trend.Direction is TrendDirection.Rising or TrendDirection.Falling
                ? DocumentParts.Of(trend.SlopePerSecond * report.Duration.TotalSeconds, trend.Unit) : (TableCell)"")).ToArray(),
    };
}

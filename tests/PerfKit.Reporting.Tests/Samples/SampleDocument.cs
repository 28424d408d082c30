namespace PerfKit.Reporting.Tests;

/// <summary>A report as a real application gives one; the same at every run.</summary>
internal static class SampleDocument
{
    public static ReportDocument Create() => new()
    {
        Title = "Catalogue: start-up and run time",
        Subtitle = "catalogue 2.4.1 on linux-x64, 4 processors, .NET 10.0",
        CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.FromHours(1)),
        Facts =
        [
            new("Start-up time", Seconds(6.42), "limit 5 s", FactTone.Bad),
            new("Services", new(12, Unit.Count), "3 essential, 1 failed"),
            new("Peak memory", new(498_073_600, Unit.Bytes), "limit 1 GiB", FactTone.Good),
            new("Mean CPU", new(1.37, Unit.Cores), "34 % of 4 processors"),
            new("I/O", new(118_400_000, Unit.BytesPerSecond), "limit 100 MB/s", FactTone.Warning),
            new("Lock contention", new(null, Unit.CountPerSecond), "not available on this platform"),
        ],
        Sections =
        [
            new()
            {
                Title = "Start-up",
                Summary = "The application was ready 6.42 s after the process started. The search index alone took 3.86 s of it.",
                Blocks = [SampleTimeline.Create(), SampleTimeline.Chain(), Services(), new NoticeBlock("geo-lookup did not finish before the audit ended; its figures are as far as they were seen.", FactTone.Warning)],
            },
            new()
            {
                Title = "Run time",
                Summary = "60 samples, one a second.",
                Blocks = [.. SampleCharts.Create(), new ParagraphBlock("CPU is counted in cores: 1.0 is one core busy.\nMemory is the working set of the process.")],
            },
            new() { Title = "Bottlenecks", Summary = "Four rules found something.", Blocks = [SampleFindings.Create()] },
            new() { Title = "Recommendations", Blocks = [SampleAdvice.Create()] },
        ],
    };

    internal static Quantity Seconds(double value) => new(value, Unit.Seconds);

    private static TableBlock Services() => new()
    {
        Title = "Services",
        Columns = [new("Service"), new("Type"), new("Duration", ColumnAlignment.Right), new("CPU", ColumnAlignment.Right), new("Allocated", ColumnAlignment.Right), new("Ready", ColumnAlignment.Center)],
        Rows =
        [
            new("search-index", "essential", Seconds(3.86), Seconds(3.41), new Quantity(268_435_456, Unit.Bytes), "yes"),
            new("catalogue-db", "essential", Seconds(1.12), Seconds(0.384), new Quantity(22_020_096, Unit.Bytes), "yes"),
            new("price-cache", "optional", Seconds(0.93), Seconds(0.071), new Quantity(9_437_184, Unit.Bytes), "yes"),
            new("mail-gateway", "optional", Seconds(0.512), Seconds(0.000062), new Quantity(81_920, Unit.Bytes), "failed"),
            new("geo-lookup", "background", Seconds(2.2), new Quantity(null, Unit.Seconds), new Quantity(null, Unit.Bytes), "no"),
        ],
    };
}

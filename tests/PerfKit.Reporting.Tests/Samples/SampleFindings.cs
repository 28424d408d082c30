namespace PerfKit.Reporting.Tests;

internal static class SampleFindings
{
    public static FindingsBlock Create() => new()
    {
        Title = "Bottlenecks by severity",
        Findings =
        [
            new()
            {
                RuleId = "PK0003",
                Title = "Writes more than the disk likes",
                Service = "re-pricing worker",
                Severity = FindingSeverity.Medium,
                Impact = 41,
                Description = "The worker opens, appends to and closes its journal once for every item.",
                Evidence = [new("Bytes written", new(118_400_000, Unit.BytesPerSecond), new(100_000_000, Unit.BytesPerSecond), TimeSpan.FromSeconds(60), "/proc/self/io")],
            },
            new()
            {
                RuleId = "PK0001",
                Title = "Starts slowly",
                Service = "search-index",
                Severity = FindingSeverity.Critical,
                Impact = 92.4,
                Description = "The index is built before the application serves its first request, on one thread, and everything else waits.",
                Evidence =
                [
                    new("Start-up of the service", SampleDocument.Seconds(3.86), SampleDocument.Seconds(1.5), null, "start-up scope"),
                    new("Start-up in total", SampleDocument.Seconds(6.42), SampleDocument.Seconds(5)),
                    new("CPU while it started", new(0.88, Unit.Cores), null, TimeSpan.FromSeconds(3.86), "thread CPU clock"),
                ],
            },
            new()
            {
                RuleId = "PK0007",
                Title = "Retries without a pause",
                Service = null,
                Severity = FindingSeverity.Low,
                Impact = 8,
                Description = "A failing dependency is asked again at once.",
                Evidence = [new("Retries", new(3.4, Unit.CountPerSecond), new(4, Unit.CountPerSecond), TimeSpan.FromSeconds(60))],
            },
            new()
            {
                RuleId = "PK0002",
                Title = "Burns CPU in bursts",
                Service = "re-pricing worker",
                Severity = FindingSeverity.High,
                Impact = 67,
                Description = "For seven seconds one loop kept nearly two cores busy; requests waited for the processor meanwhile.",
                Evidence = [new("CPU at its peak", new(87, Unit.Percent), new(80, Unit.Percent), TimeSpan.FromSeconds(7), "/proc/self/stat")],
            },
        ],
    };
}

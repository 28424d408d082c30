namespace PerfKit.Reporting.Tests;

internal static class SampleTimeline
{
    public static TimelineBlock Create() => new()
    {
        Title = "What start-up waited for",
        Total = Milliseconds(6420),
        Bars =
        [
            Bar("host", null, "host", 0, 410, TimelineBarKind.Essential) with { Parts = [new(TimelinePartKind.Cpu, "CPU", Milliseconds(120)), new(TimelinePartKind.Jit, "JIT", Milliseconds(150)), new(TimelinePartKind.AssemblyLoading, "assembly loading", Milliseconds(140))] },
            Bar("config", "host", "configuration", 30, 180, TimelineBarKind.Dependency),
            Bar("db", null, "catalogue-db", 420, 1120, TimelineBarKind.Essential) with { Markers = [new("first connection", Milliseconds(760))] },
            Bar("pool", "db", "connection pool", 430, 310, TimelineBarKind.Dependency),
            Bar("migrate", "db", "schema migration", 760, 740, TimelineBarKind.Dependency),
            Bar("verify", "migrate", "verify checksums", 1210, 280, TimelineBarKind.Dependency),
            Bar("index", null, "search-index", 1550, 3860, TimelineBarKind.Essential) with
            {
                Note = "built before serving",
                Parts = [new(TimelinePartKind.Cpu, "CPU", Milliseconds(2900)), new(TimelinePartKind.GarbageCollection, "GC", Milliseconds(310)), new(TimelinePartKind.Blocked, "blocked", Milliseconds(600))],
                Facts = [new("allocated", new(268_435_456, Unit.Bytes)), new("methods compiled", new(412, Unit.Count), "tiered up: 31")],
            },
            Bar("rows", "index", "read 52 000 rows", 1560, 1440, TimelineBarKind.Dependency),
            Bar("tokens", "index", "tokenize", 3000, 2390, TimelineBarKind.Dependency),
            Bar("cache", null, "price-cache", 5420, 930, TimelineBarKind.Optional),
            Bar("mail", null, "mail-gateway", 5440, 512, TimelineBarKind.Failed) with { Note = "SocketException: connection refused" },
            Bar("reprice", null, "re-pricing worker", 5450, 90, TimelineBarKind.Background),
            Bar("geo", null, "geo-lookup", 4220, 2200, TimelineBarKind.Unfinished),
            Bar("probe", null, "health probe", 6350, 1, TimelineBarKind.Optional),
        ],
        CriticalPath = Path(),
        Markers = [new("host built", Milliseconds(410)), new("first request", Milliseconds(6400))],
    };

    public static ChainBlock Chain() => new() { Title = "What ready waited for", End = "ready", EndAt = Milliseconds(6420), Links = Path() };

    private static TimelineLink[] Path() =>
    [
        new("host", TimeSpan.Zero, Milliseconds(410), "host"),
        new("(untracked)", Milliseconds(410), Milliseconds(10)),
        new("catalogue-db", Milliseconds(420), Milliseconds(1120), "db"),
        new("(untracked)", Milliseconds(1540), Milliseconds(10)),
        new("search-index", Milliseconds(1550), Milliseconds(3860), "index"),
        new("(untracked)", Milliseconds(5410), Milliseconds(10)),
        new("price-cache", Milliseconds(5420), Milliseconds(930), "cache"),
        new("(untracked)", Milliseconds(6350), Milliseconds(70)),
    ];

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static TimelineBar Bar(string id, string? parent, string label, int start, int duration, TimelineBarKind kind) => new()
    {
        Id = id,
        ParentId = parent,
        Label = label,
        Start = Milliseconds(start),
        Duration = Milliseconds(duration),
        Kind = kind,
    };
}

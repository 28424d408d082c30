namespace PerfKit.Reporting.Tests;

internal static class SampleTimeline
{
    public static TimelineBlock Create() => new()
    {
        Title = "What start-up waited for",
        Total = TimeSpan.FromMilliseconds(6420),
        Bars =
        [
            Bar("host", null, "host", 0, 410, TimelineBarKind.Essential),
            Bar("config", "host", "configuration", 30, 180, TimelineBarKind.Dependency),
            Bar("db", null, "catalogue-db", 420, 1120, TimelineBarKind.Essential) with { Markers = [new("first connection", TimeSpan.FromMilliseconds(760))] },
            Bar("pool", "db", "connection pool", 430, 310, TimelineBarKind.Dependency),
            Bar("migrate", "db", "schema migration", 760, 740, TimelineBarKind.Dependency),
            Bar("verify", "migrate", "verify checksums", 1210, 280, TimelineBarKind.Dependency),
            Bar("index", null, "search-index", 1550, 3860, TimelineBarKind.Essential) with { Note = "built before serving" },
            Bar("rows", "index", "read 52 000 rows", 1560, 1440, TimelineBarKind.Dependency),
            Bar("tokens", "index", "tokenize", 3000, 2390, TimelineBarKind.Dependency),
            Bar("cache", null, "price-cache", 5420, 930, TimelineBarKind.Optional),
            Bar("mail", null, "mail-gateway", 5440, 512, TimelineBarKind.Failed) with { Note = "SocketException: connection refused" },
            Bar("reprice", null, "re-pricing worker", 5450, 90, TimelineBarKind.Background),
            Bar("geo", null, "geo-lookup", 4220, 2200, TimelineBarKind.Unfinished),
            Bar("probe", null, "health probe", 6350, 1, TimelineBarKind.Optional),
        ],
    };

    private static TimelineBar Bar(string id, string? parent, string label, int start, int duration, TimelineBarKind kind) => new()
    {
        Id = id,
        ParentId = parent,
        Label = label,
        Start = TimeSpan.FromMilliseconds(start),
        Duration = TimeSpan.FromMilliseconds(duration),
        Kind = kind,
    };
}

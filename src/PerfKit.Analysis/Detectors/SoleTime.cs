using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// Time of start-up in which only one service was starting: while every open scope was the service's, nested in one of
/// the service's, or around one of the service's. Start-up would be that much shorter without it.
/// </summary>
internal static class SoleTime
{
    public static TimeSpan Of(string service, StartupSnapshot startup)
    {
        HashSet<int> around = [], inside = [];
        foreach (StartupRecord record in startup.Records)
        {
            // Records are in order of beginning, so a parent comes before its children.
            if (record.Name == service || (record.ParentId is int parent && inside.Contains(parent)))
            {
                inside.Add(record.Id);
                for (int? outer = record.ParentId; outer is int id && !inside.Contains(id) && around.Add(id);)
                    outer = startup.Records[id].ParentId;
            }
        }

        var edges = new List<(TimeSpan At, int Own, int Foreign)>();
        foreach (StartupRecord record in startup.Records)
        {
            if (record.IsAfterReady || (around.Contains(record.Id) && !inside.Contains(record.Id)))
                continue;
            bool isOwn = inside.Contains(record.Id);
            TimeSpan end = Earlier(record.StartedAt + record.Duration, startup.Total);
            if (end <= record.StartedAt)
                continue;
            edges.Add((record.StartedAt, isOwn ? 1 : 0, isOwn ? 0 : 1));
            edges.Add((end, isOwn ? -1 : 0, isOwn ? 0 : -1));
        }
        edges.Sort(static (left, right) => left.At.CompareTo(right.At));

        TimeSpan sole = TimeSpan.Zero, last = TimeSpan.Zero;
        int own = 0, foreign = 0;
        foreach ((TimeSpan at, int ownStep, int foreignStep) in edges)
        {
            if (own > 0 && foreign == 0)
                sole += at - last;
            own += ownStep;
            foreign += foreignStep;
            last = at;
        }
        return sole;
    }

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

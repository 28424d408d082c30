namespace PerfKit.Instrumentation;

/// <summary>Tells the level on which the services of an application stand from the scopes around it and the steps inside.</summary>
internal static class ServiceLevel
{
    // A scope is a wrapper when start-up is inside it, hardly any of that time is its own, and more stands inside than beside it.
    private const double WrapperShare = 0.75;
    private const double WrapperOwnShare = 0.2;

    public static IReadOnlyList<string> Of(StartupGraph graph)
    {
        ILookup<int, StartupRecord> children = graph.Records.ToLookup(record => record.ParentId ?? StartupGraph.Root);
        int level = StartupGraph.Root;
        while (children[level].FirstOrDefault(record => IsWrapper(record, graph.Total, children, level)) is { } wrapper)
            level = wrapper.Id;
        return children[level].Select(record => record.Name).Distinct(StringComparer.Ordinal).ToArray();
    }

    private static bool IsWrapper(StartupRecord record, TimeSpan total, ILookup<int, StartupRecord> children, int level) =>
        record.Duration >= total * WrapperShare
        && record.SelfDuration <= record.Duration * WrapperOwnShare
        && children[record.Id].Count() > children[level].Count();
}

using System.Collections.Frozen;

namespace PerfKit.Instrumentation;

/// <summary>A stretch of start-up that was waited for. Immutable.</summary>
public sealed record CriticalPathLink
{
    /// <summary>Whose own work it was; <see cref="CriticalPath.Untracked"/> for work that no scope covers.</summary>
    public required string Service { get; init; }

    /// <summary>The scope whose own work it was; <c>null</c> for work that no scope covers.</summary>
    public int? RecordId { get; init; }

    /// <summary>When it began, from <see cref="StartupSnapshot.Origin"/>.</summary>
    public TimeSpan StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Its part of start-up time, 0 to 1; the shares of all links add up to 1.</summary>
    public double Share { get; init; }
}

/// <summary>
/// The chain of work that start-up waited for, without gaps or overlaps from the first scope to ready, and how much longer
/// everything else could have taken. Found by walking back from the end, as <c>systemd-analyze critical-chain</c> does for
/// units and CRISP for traces. Immutable.
/// </summary>
public sealed record CriticalPath
{
    /// <summary>The name of work that no scope covers.</summary>
    public const string Untracked = "(untracked)";

    /// <summary>Start-up time: the sum of the links.</summary>
    public TimeSpan Total { get; init; }

    /// <summary>The chain in order of time; empty without start-up scopes.</summary>
    public IReadOnlyList<CriticalPathLink> Links { get; init => field = value ?? []; } = [];

    /// <summary>
    /// How much longer each service could have taken without delaying start-up: zero on the path; <c>null</c> where nothing
    /// waited for it.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan?> Slack { get; init => field = value ?? FrozenDictionary<string, TimeSpan?>.Empty; } = FrozenDictionary<string, TimeSpan?>.Empty;

    /// <summary>Dependencies that name no service; most are libraries or systems outside of the process.</summary>
    public IReadOnlyList<string> UnknownDependencies { get; init => field = value ?? []; } = [];

    /// <summary>Groups of services that, by their declared dependencies, need each other.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles { get; init => field = value ?? []; } = [];

    /// <summary>Finds the path of a snapshot. Near-linear in the number of records.</summary>
    /// <param name="snapshot">The records.</param>
    /// <returns>The path.</returns>
    public static CriticalPath Of(StartupSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Records.Count == 0)
            return new CriticalPath();
        var graph = new StartupGraph(snapshot);
        return new CriticalPath
        {
            Total = graph.Total,
            Links = LinksOf(graph),
            Slack = SlackOf(graph),
            UnknownDependencies = snapshot.Services.Values.SelectMany(service => service.Dependencies)
                .Where(name => !snapshot.Services.ContainsKey(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
            Cycles = DependencyCycles.Of(snapshot.Services),
        };
    }

    /// <summary>Time that a service has on the path.</summary>
    /// <param name="service">The service's name.</param>
    /// <returns>Zero for a service that is not on it.</returns>
    public TimeSpan TimeOf(string service) => Links.Where(link => link.Service == service)
        .Aggregate(TimeSpan.Zero, (sum, link) => sum + link.Duration);

    private static List<CriticalPathLink> LinksOf(StartupGraph graph)
    {
        var links = new List<CriticalPathLink>();
        int happening = graph.RootEnd;
        while (happening != graph.RootBegin)
        {
            StartupGraph.Edge edge = graph.Into(happening).First(edge => edge.IsBinding);
            if (edge.Work > TimeSpan.Zero)
                Prepend(links, graph, edge, graph.TimeOf(happening) - edge.Work);
            happening = edge.From;
        }
        links.Reverse();
        return links;
    }

    private static void Prepend(List<CriticalPathLink> links, StartupGraph graph, StartupGraph.Edge edge, TimeSpan began)
    {
        int? record = edge.Owner == StartupGraph.Root ? null : edge.Owner;
        TimeSpan duration = edge.Work;
        if (links.Count > 0 && links[^1].RecordId == record)
        {
            duration += links[^1].Duration;
            links.RemoveAt(links.Count - 1);
        }
        links.Add(new CriticalPathLink
        {
            Service = record is int id ? graph.Records[id].Name : Untracked,
            RecordId = record,
            StartedAt = began,
            Duration = duration,
            Share = graph.Total > TimeSpan.Zero ? duration / graph.Total : 0,
        });
    }

    private static FrozenDictionary<string, TimeSpan?> SlackOf(StartupGraph graph)
    {
        var slack = new TimeSpan?[graph.RootEnd + 1];
        slack[graph.RootEnd] = TimeSpan.Zero;
        foreach (int happening in graph.Order.Reverse())
        {
            if (slack[happening] is not { } later)
                continue;
            foreach (StartupGraph.Edge edge in graph.Into(happening))
            {
                TimeSpan room = graph.TimeOf(happening) - graph.TimeOf(edge.From) - edge.Work + later;
                if (slack[edge.From] is null || room < slack[edge.From])
                    slack[edge.From] = room;
            }
        }
        return graph.Records
            .GroupBy(record => record.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Min(record => slack[(record.Id * 2) + 1]), StringComparer.Ordinal);
    }
}

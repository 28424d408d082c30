namespace PerfKit.DetectionBenchmark;

/// <summary>What the audited program and its services are called; nothing in a name tells of a fault.</summary>
internal static class Names
{
    public const string Application = "shop";

    private static readonly string[] Services =
        ["orders", "search", "pricing", "mail", "reports", "billing", "accounts", "stock", "images", "shipping", "ratings", "exports"];

    /// <summary>Gives each workload a service of its own.</summary>
    public static Workload[] Spread(Random random, IReadOnlyList<Workload> workloads)
    {
        string[] names = [.. Services];
        random.Shuffle(names);
        return [.. workloads.Select((workload, i) => workload with { Service = names[i] })];
    }
}

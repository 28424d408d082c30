namespace PerfKit.Architecture.Tests;

/// <summary>Which floor each assembly stands on (docs/architecture.md), and what it may therefore reference.</summary>
internal static class FloorPlan
{
    public static readonly IReadOnlyDictionary<string, int> Floors = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["PerfKit.Statistics"] = 0,
        ["PerfKit.Instrumentation"] = 1,
        ["PerfKit.Sampling"] = 1,
        ["PerfKit.Analysis"] = 2,
        ["PerfKit.Reporting"] = 2,
        ["PerfKit.Storage"] = 2,
        ["PerfKit"] = 3,
        ["PerfKit.Benchmarking"] = 3,
        ["PerfKit.Storage.Sqlite"] = 4,
    };

    /// <summary>One sentence for each reference that breaks the plan; references outside PerfKit are no concern of it.</summary>
    public static IEnumerable<string> Violations(string assembly, IEnumerable<string> references)
    {
        if (!Floors.TryGetValue(assembly, out int floor))
        {
            yield return Unknown(assembly);
            yield break;
        }

        foreach (string reference in references.Where(IsPerfKit))
        {
            if (!Floors.TryGetValue(reference, out int below))
                yield return Unknown(reference);
            else if (below >= floor)
                yield return $"{assembly} (floor {floor}) references {reference} (floor {below}), which is not below it.";
        }
    }

    private static bool IsPerfKit(string name) => name == "PerfKit" || name.StartsWith("PerfKit.", StringComparison.Ordinal);

    private static string Unknown(string assembly) =>
        $"{assembly} has no floor: add it to {nameof(FloorPlan)} and to the table in docs/architecture.md.";
}

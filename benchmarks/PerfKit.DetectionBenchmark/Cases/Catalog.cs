namespace PerfKit.DetectionBenchmark;

/// <summary>Every case of a seed.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Case> Of(int seed) =>
    [
        .. FaultKinds.All.SelectMany(kind => kind.Cases(seed)),
        .. Mixtures.Cases(seed),
        .. Controls.Cases(seed),
    ];
}

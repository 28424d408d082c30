using Perfolizer.Mathematics.Cpd;
using PerfKit.Statistics;

namespace PerfKit.ChangePointBenchmark;

/// <summary>A way to find change points: values with NaN for a missing one, to indices of first observations of new segments.</summary>
internal sealed record Detector(string Name, Func<double[], int[]> Find)
{
    /// <summary>PerfKit's, with its defaults: the one whose predictions are written.</summary>
    public static Detector PerfKit { get; } = Ours("PerfKit", new ChangePointOptions());

    /// <summary>Perfolizer's two, with their default distance of 20 and with the least segment that PerfKit's default has.</summary>
    public static IReadOnlyList<Detector> Peers { get; } =
    [
        Perfolizer("Perfolizer EdPelt", EdPeltChangePointDetector.Instance, 20),
        Perfolizer("Perfolizer RqqPelt", RqqPeltChangePointDetector.Instance, 20),
        Perfolizer("Perfolizer EdPelt, distance 4", EdPeltChangePointDetector.Instance, 4),
        Perfolizer("Perfolizer RqqPelt, distance 4", RqqPeltChangePointDetector.Instance, 4),
        new("nothing, ever", _ => []),
    ];

    public static Detector Ours(string name, ChangePointOptions options) =>
        new(name, values => [.. ChangePointDetector.Detect(values, options).ChangePoints.Select(point => point.Index)]);

    /// <summary>
    /// Perfolizer knows no missing values, so they are taken out and the indices put back; its index is the last observation of
    /// the old segment, ours the first of the new one.
    /// </summary>
    private static Detector Perfolizer(string name, PeltChangePointDetector detector, int distance) => new(name, values =>
    {
        int[] positions = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]))];
        double[] finite = [.. positions.Select(position => values[position])];
        return finite.Length <= 2 * distance ? [] : [.. detector.GetChangePointIndexes(finite, distance).Select(last => positions[last + 1])];
    });
}

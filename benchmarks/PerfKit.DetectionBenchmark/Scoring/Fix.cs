using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What following the top recommendation was to save, and what it saved.</summary>
/// <param name="Name">The case.</param>
/// <param name="Type">What the recommendation was about.</param>
/// <param name="Advice">It.</param>
/// <param name="Predicted">The most that it foretold, in the figure's unit; <c>null</c> where there was no prediction.</param>
/// <param name="Before">The figure with the fault; <c>null</c> where unknown.</param>
/// <param name="After">The figure with the advice followed.</param>
internal sealed record Fix(string Name, BottleneckType Type, string Advice, double? Predicted, double? Before, double? After)
{
    public const double LeastKept = 0.5, LeastShare = 0.8;

    public double? Achieved => Before - After;

    /// <summary>At least half of the most that was predicted has come.</summary>
    public bool IsKept => Achieved >= LeastKept * Predicted;

    /// <summary>Cases with a prediction for what was injected.</summary>
    public static IReadOnlyList<Fix> Compare(IReadOnlyList<Outcome> faulty, IReadOnlyList<Outcome> mended) =>
    [
        .. faulty.Zip(mended).Select(pair =>
        {
            // Where one injected type is the consequence of the other, the advice is about the cause.
            Prediction? prediction = pair.First.Result?.Predictions.FirstOrDefault(prediction => pair.First.Case.Injected.Contains(prediction.Type));
            BottleneckType type = prediction?.Type ?? pair.First.Case.Injected[0];
            return new Fix(pair.First.Case.Name, type, prediction?.Title ?? "-", prediction?.AtMost, Figure(pair.First, type), Figure(pair.Second, type));
        }),
    ];

    private static double? Figure(Outcome outcome, BottleneckType type) =>
        outcome.Result is { } result && result.Figures.TryGetValue(type, out double figure) ? figure : null;
}

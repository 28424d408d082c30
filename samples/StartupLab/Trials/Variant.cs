using PerfKit;

namespace StartupLab;

/// <summary>A plan, what it was predicted to save in each round, and what it saved.</summary>
internal sealed class Variant(StartPlan plan)
{
    private readonly List<double> _predicted = [];
    private readonly List<double> _achieved = [];

    public StartPlan Plan => plan;

    /// <summary>Milliseconds, one a round.</summary>
    public IReadOnlyList<double> Predicted => _predicted;

    /// <summary>Milliseconds, one a round.</summary>
    public IReadOnlyList<double> Achieved => _achieved;

    /// <summary>How far the median achieved saving is from the median predicted one, over the latter.</summary>
    public double Error => (Middle(Achieved) / Middle(Predicted)) - 1;

    public void Add(StartupReport plain, StartupReport changed)
    {
        _predicted.Add(Advice.Predict(plain, plan).TotalMilliseconds);
        _achieved.Add((plain.TotalStartupTime - changed.TotalStartupTime).TotalMilliseconds);
    }

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

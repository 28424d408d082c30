using System.Globalization;
using PerfKit.Statistics;

namespace PerfKit.RegressionBenchmark;

/// <summary>How often unchanged histories are called changed, by how long they are: the shorter, the less is known of their noise.</summary>
internal static class Lengths
{
    private const double MostAllowed = 1;       // percent

    private static readonly int[] Runs = [30, 40, 60, 80, 120, 300];
    private static readonly NoiseShape Independent = new NoiseShape("independent normal noise", 0, [-3.09, -2.33, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 1.64, 2.33, 3.09]).Measured();

    /// <summary>Prints a line for each length; returns whether all keep the limit.</summary>
    public static bool Judge(IReadOnlyList<NoiseShape> shapes, int histories, int seed)
    {
        Console.WriteLine();
        Console.WriteLine("False alarms without reruns by length of history, in percent, and the shape that raises most.");
        bool kept = true;
        foreach (int runs in Runs)
        {
            int each = Math.Max(1, histories / shapes.Count);
            double[] rates = new double[shapes.Count];
            Parallel.For(0, shapes.Count, i => rates[i] = Rate(shapes[i], runs, each, seed * 1000 + i));
            double all = rates.Average();
            int worst = Array.IndexOf(rates, rates.Max());
            kept &= all <= MostAllowed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {runs,4} runs {all,5:F1} (at most {MostAllowed:F0}) {(all <= MostAllowed ? "ok" : "SHORT"),-5}  worst {rates[worst],5:F1} {shapes[worst].Name,-28} independent {Rate(Independent, runs, each * shapes.Count, seed),5:F1}"));
        }

        return kept;
    }

    private static double Rate(NoiseShape shape, int runs, int histories, int seed)
    {
        var random = new Random(seed);
        int raised = 0;
        for (int i = 0; i < histories; i++)
        {
            double[] values = shape.Series(runs, random, random.Next(2) == 0 ? 1 : -1);
            raised += LatestChange.Find(values).Verdict == ChangePointVerdict.Changed ? 1 : 0;
        }

        return 100.0 * raised / histories;
    }
}

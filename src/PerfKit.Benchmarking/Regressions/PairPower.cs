using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>
/// How often pairs confirm a step: differences of neighboring runs of the history, each with a sign drawn for it, stand for pairs that share
/// what neighbors share; the step is added, and the test asked.
/// </summary>
internal sealed class PairPower(double[] badness, RegressionOptions options)
{
    private const int Trials = 200;
    private const int Seed = 20;

    public double Of(double step)
    {
        var random = new Random(Seed);
        double[] differences = new double[options.Pairs];
        int confirmed = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            for (int i = 0; i < differences.Length; i++)
            {
                int run = 1 + random.Next(badness.Length - 1);
                differences[i] = step + (random.Next(2) == 0 ? 1 : -1) * (badness[run] - badness[run - 1]);
            }

            confirmed += SignedRank.PValueGreater(differences) < options.ConfirmationRate ? 1 : 0;
        }

        return confirmed / (double)Trials;
    }
}

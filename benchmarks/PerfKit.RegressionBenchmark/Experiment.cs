using PerfKit.Benchmarking;
using PerfKit.Statistics;

namespace PerfKit.RegressionBenchmark;

/// <summary>What happens to the histories of one shape.</summary>
internal sealed class Experiment(NoiseShape shape)
{
    public const double StepWidths = 1.5, CreepWidths = 0.15;
    private const int StepRuns = 10;

    public NoiseShape Shape => shape;

    public Dictionary<Confirmation, Tally> Tallies { get; } = Enum.GetValues<Confirmation>().ToDictionary(it => it, _ => new Tally());

    /// <summary>Gets how often the newest run of an unchanged history was a suspect: what confirming costs.</summary>
    public int Suspects { get; private set; }

    /// <summary>Gets, for each size of step in widths, the sum of stated powers and how often the gate, asked alone, found it.</summary>
    public Dictionary<double, (double Stated, int Found)> Power { get; } = new() { [StepWidths] = default, [2 * StepWidths] = default };

    public void Run(int histories, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < histories; i++)
        {
            var simulation = new Simulation(shape, random);
            Suspects += simulation.Judge(Simulation.Runs, Unchanged, Confirmation.None) is RegressionOutcome.Unchanged ? 0 : 1;
            foreach ((Confirmation confirmation, Tally tally) in Tallies)
                Judge(simulation, confirmation, tally);
            StatePower(simulation);
        }
    }

    private static void Judge(Simulation simulation, Confirmation confirmation, Tally tally)
    {
        tally.Histories++;
        bool newest = Raises(simulation, Simulation.Runs, Unchanged, confirmation);
        tally.FalseAlarms += newest ? 1 : 0;
        tally.FalseAlarmsOfThirty += newest || RaisesWithin(simulation, Simulation.Newest - 1, Unchanged, confirmation) ? 1 : 0;
        tally.Steps += RaisesWithin(simulation, StepRuns, Step(StepWidths), confirmation) ? 1 : 0;
        tally.Creeps += RaisesWithin(simulation, Simulation.Newest, Creep, confirmation) ? 1 : 0;
    }

    private void StatePower(Simulation simulation)
    {
        double[] before = [.. simulation.Values(Simulation.Before, Unchanged).Select(value => Math.Log(value))];
        LatestChangePower power = LatestChange.Power(before)!;
        foreach (double widths in Power.Keys.ToArray())
        {
            (double stated, int found) = Power[widths];
            bool seen = RaisesWithin(simulation, StepRuns, Step(widths), Confirmation.None);
            Power[widths] = (stated + power.Of(Math.Log(1 + 0.01 * widths), StepRuns), found + (seen ? 1 : 0));
        }
    }

    private static bool RaisesWithin(Simulation simulation, int runs, Func<int, double> widths, Confirmation confirmation) =>
        Enumerable.Range(Simulation.Before + 1, runs).Any(asked => Raises(simulation, asked, widths, confirmation));

    private static bool Raises(Simulation simulation, int runs, Func<int, double> widths, Confirmation confirmation) =>
        simulation.Judge(runs, widths, confirmation) == RegressionOutcome.Regression;

    private static double Unchanged(int run) => 0;

    private static Func<int, double> Step(double widths) => run => run < Simulation.Before ? 0 : widths;

    private static double Creep(int run) => CreepWidths * Math.Max(0, run - Simulation.Before + 1);
}

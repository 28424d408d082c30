using System.Globalization;
using PerfKit.RegressionBenchmark;

const string Usage = """
    Simulates histories of benchmarks without a change, with a step and with a creep, and counts what the regression gate makes of them.

        PerfKit.RegressionBenchmark [--seed N] [--histories 1000] [--short]

    --short   a tenth of the histories, for a quick look: rates are too coarse to fail on, so it always exits with 0

    Exits with 1 when a figure misses its limit, with 2 when it is called wrongly.
    """;

int seed = 1, histories = 1000;
bool isShort = false;
for (int i = 0; i < args.Length; i++)
{
    bool known = args[i] switch
    {
        "--short" => isShort = true,
        "--seed" when i + 1 < args.Length => int.TryParse(args[++i], NumberStyles.Integer, CultureInfo.InvariantCulture, out seed),
        "--histories" when i + 1 < args.Length =>
            int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out histories) && histories >= NoiseShape.Recorded.Count,
        _ => false,
    };
    if (!known)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

if (isShort)
    histories = Math.Max(NoiseShape.Recorded.Count, histories / 10);

// Histories are dealt out evenly; the first shapes get one more where they do not divide.
int shapes = NoiseShape.Recorded.Count;
List<Experiment> experiments = [.. NoiseShape.Recorded.Select(shape => new Experiment(shape.Measured()))];
Parallel.For(0, shapes, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
    experiments[i].Run(histories / shapes + (i < histories % shapes ? 1 : 0), seed * 1000 + i));

Report.Shapes(experiments);
bool kept = Report.Judge(experiments) & Lengths.Judge([.. experiments.Select(experiment => experiment.Shape)], 10 * histories, seed);
return kept || isShort ? 0 : 1;

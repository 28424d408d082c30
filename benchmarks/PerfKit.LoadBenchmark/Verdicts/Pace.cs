using PerfKit.Benchmarking;

namespace PerfKit.LoadBenchmark;

/// <summary>How precise is the open model's schedule, and what does keeping it cost? The operations do nothing.</summary>
internal static class Pace
{
    public static async Task MeasureAsync(double seconds, IReadOnlyList<double> rates)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (double rate in rates)
        {
            var test = new LoadTest("nothing", "none", (_, _) => Task.CompletedTask);
            await test.RunAsync(LoadModel.Open(rate, TimeSpan.FromSeconds(0.2)));
            LoadTestResult result = await test.RunAsync(LoadModel.Open(rate, TimeSpan.FromSeconds(seconds)));
            GeneratorFigures generator = result.Generator;
            rows.Add(
            [
                Figure.Count(rate),
                Figure.Count(generator.StartedRate ?? 0),
                generator.KeptRate == true ? "yes" : "no",
                Figure.Seconds((generator.DispatchLag.Quantile(0.5) ?? 0) / 1e9),
                Figure.Seconds((generator.DispatchLag.Quantile(0.99) ?? 0) / 1e9),
                Figure.Seconds((generator.StartLag.Quantile(0.99) ?? 0) / 1e9),
                Figure.Share(generator.DispatcherCpu / result.Elapsed),
            ]);
        }

        Print.Table(["rate", "started", "kept", "dispatch lag p50", "p99", "start lag p99", "generator's thread, of a core"], rows);
        Console.WriteLine();
    }
}

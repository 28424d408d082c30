// A site that starts slowly, told by PerfKit what would help, and started again to see whether that was true.
using System.Globalization;
using PerfKit;
using StartupLab;

const double Limit = 0.15;

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}
try
{
    CommandLine line = CommandLine.Parse(args);
    if (line.Apply is null)
        return await TryAsync(line);
    await SingleStart.RunAsync(line);
    return 0;
}
catch (Exception exception) when (exception is FormatException or FileNotFoundException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static async Task<int> TryAsync(CommandLine line)
{
    await using var trial = new Trial();
    (IReadOnlyList<Variant> variants, IReadOnlyList<StartupReport> plain) = trial.Run(line.IsShort ? 1 : line.Pairs, line.Top, isJudged: !line.IsShort, Console.Error.WriteLine);
    if (variants.Count == 0)
    {
        Console.WriteLine("PerfKit recommends nothing that would make this start shorter.");
        return 1;
    }
    TrialReport.Print(variants, plain);
    double error = Math.Abs(variants[^1].Error);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Other processes disturbed {trial.Repeated} starts that were made again, and {trial.Disturbed} that count."));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Predicted and achieved total saving are {error:P1} apart; at most {Limit:P0} is allowed."));
    return line.IsShort || error <= Limit ? 0 : trial.Disturbed > 0 ? 3 : 1;
}

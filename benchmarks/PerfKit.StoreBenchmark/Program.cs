using System.Globalization;
using System.Runtime.InteropServices;
using PerfKit.StoreBenchmark;

// Is the SQLite store fast, and does it keep what it promised? Prints each claim beside its limit; ends with 1 when one falls short.
// --short does a hundredth of the work, and only what no busy machine blurs decides.
// --kills N kills a writing process N times, and lets several write at once, instead.
if (Writer.IsAsked(args))
    return await Writer.RunAsync(args);

bool isShort = args is ["--short"];
int kills = 0;
if (!isShort && args.Length > 0 && !(args is ["--kills", var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out kills) && kills > 0))
{
    Console.Error.WriteLine("Usage: PerfKit.StoreBenchmark [--short | --kills N]");
    return 2;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
string folder = Directory.CreateTempSubdirectory("perfkit-store-benchmark-").FullName;
try
{
    List<Verdict> verdicts = kills > 0
        ? [await Kills.MeasureAsync(folder, kills), await ManyWriters.MeasureAsync(folder)]
        : [await BulkInsert.MeasureAsync(folder, isShort), .. await History.MeasureAsync(folder, isShort)];
    Console.WriteLine();
    Print.Table(verdicts);
    return verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)) ? 1 : 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

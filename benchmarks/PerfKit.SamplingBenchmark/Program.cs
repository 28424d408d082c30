// What does it cost to sample this process, and to list the processes of the machine?
using System.Globalization;
using System.Runtime.InteropServices;
using PerfKit.SamplingBenchmark;

const string Usage = """
    Samples this process and lists the machine's processes, each beside a bare read or the Process class, and judges the ratios. Linux only.
    Ends with 1 when one falls short, with 3 when the machine did not let one be judged.

        PerfKit.SamplingBenchmark [--part figures|sampler|discovery] [--processes N] [--short]

    --part P        one part only: the process's figures, the sampler's share of a core, the discovery of processes
    --processes N   processes on the machine during the discovery, 10 to 20000 (default 500); those that are missing are started
    --short         a few rounds: proves that it runs; only a gross error in a figure that a busy machine blurs decides
    """;

string? part = null;
int processes = 500;
bool isShort = false;
for (int i = 0; i < args.Length; i++)
{
    bool isGood = args[i] switch
    {
        "--part" => ++i < args.Length && (part = args[i]) is "figures" or "sampler" or "discovery",
        "--processes" => ++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out processes) && processes is >= 10 and <= 20_000,
        "--short" => isShort = true,
        _ => false,
    };
    if (!isGood)
    {
        bool isHelp = args[i] is "--help" or "-h";
        (isHelp ? Console.Out : Console.Error).WriteLine(Usage);
        return isHelp ? 0 : 2;
    }
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The limits are those of Linux's files; on other systems the sampler reads what the Process class gives.");
    return 3;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
Console.WriteLine();
List<Verdict> verdicts = [];
if (part is null or "figures")
    verdicts.AddRange(ProcessFigures.Measure(isShort));
if (part is null or "sampler")
    verdicts.AddRange(SamplerShare.Measure(isShort));
if (part is null or "discovery")
    verdicts.AddRange(MachineDiscovery.Measure(processes, isShort));
Print.Table(verdicts);
if (verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)))
    return 1;
return !isShort && verdicts.Any(verdict => verdict.Holds is null) ? 3 : 0;

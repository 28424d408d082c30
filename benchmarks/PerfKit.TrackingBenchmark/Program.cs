using System.Globalization;
using PerfKit.TrackingBenchmark;

// What TrackSingletons() adds to building a container and resolving all its services. In each of several processes plain and
// tracked starts take turns, in changing order; their median decides.
const int Services = 500;
const double Limit = 0.05;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [Processes.Argument, string own])
{
    Processes.Tell(Services, int.Parse(own, CultureInfo.InvariantCulture));
    return 0;
}

bool isShort = args.Contains("--short");
int processes = isShort ? 1 : 9, rounds = isShort ? 11 : 41;
Console.WriteLine($"{Services} singletons, {processes} processes of {rounds} rounds, .NET {Environment.Version}, {Environment.ProcessorCount} cores");
Console.WriteLine("Services built for the first time, as at a start:");
List<double> first = [], again = [];
for (int i = 0; i < processes; i++)
{
    (double added, double addedAgain, string line) = Processes.Run(rounds);
    first.Add(added);
    again.Add(addedAgain);
    Console.WriteLine($"  {line}");
}
first.Sort();
again.Sort();
double median = first[processes / 2];
Console.WriteLine($"The same services again and again: {again[processes / 2] * 100:+0.0;-0.0} % (not judged: no start does that)");
Console.WriteLine($"{(median < Limit ? "met" : "MISSED")}: {median * 100:+0.0;-0.0} % ({first[0] * 100:+0.0;-0.0} to {first[^1] * 100:+0.0;-0.0}) is added to the first build and resolution; the limit is {Limit:P0}");
return median < Limit || isShort ? 0 : 1;

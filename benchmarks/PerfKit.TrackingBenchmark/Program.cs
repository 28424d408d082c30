using System.Globalization;
using PerfKit.TrackingBenchmark;

// What TrackSingletons() adds to building a container and resolving all its services. Plain and tracked starts take turns,
// in changing order; told is the first quartile of each.
const int Services = 500;
const double Limit = 0.05;
bool isShort = args.Contains("--short");
int rounds = isShort ? 11 : 61;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{Services} singletons, {rounds} rounds, .NET {Environment.Version}, {Environment.ProcessorCount} cores");
Rounds.Run(isShort ? 3 : 10, () => Shapes.Make(Services)); // PerfKit's own code is compiled, too
Comparison first = Rounds.Run(rounds, () => Shapes.Make(Services));
Type[] known = Shapes.Make(Services);
Comparison again = Rounds.Run(rounds * 5, () => known);

Console.WriteLine($"services built for the first time, as at a start:  {first}");
Console.WriteLine($"the same services again and again:              {again}  (not judged: no start does that)");
bool isMet = first.Added < Limit;
Console.WriteLine($"{(isMet ? "met" : "MISSED")}: less than {Limit:P0} is added to the first build and resolution");
return isMet || isShort ? 0 : 1;

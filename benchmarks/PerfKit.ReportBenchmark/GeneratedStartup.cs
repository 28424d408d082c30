using System.Globalization;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.ReportBenchmark;

/// <summary>Reports of a start-up that never was, the same for the same seed.</summary>
internal static class GeneratedStartup
{
    private const int ScopesInService = 100;

    public static StartupReport Create(StartupShape shape, int records, int seed = 1)
    {
        var random = new Random(seed);
        StartupRecord[] all = InOrder(shape == StartupShape.Services ? Services(records, random) : Regular(shape, records)).Select(record => Furnish(record, random)).ToArray();
        var snapshot = new StartupSnapshot
        {
            Origin = DateTimeOffset.UnixEpoch,
            Total = all.Max(record => record.StartedAt + record.Duration),
            Records = all,
            Services = ServicesOf(all).ToDictionary(service => service.Name, StringComparer.Ordinal),
        };
        return new StartupReport
        {
            Application = string.Create(CultureInfo.InvariantCulture, $"{shape} of {records}"),
            CreatedAt = DateTimeOffset.UnixEpoch,
            Machine = MachineFacts.Current,
            TotalStartupTime = snapshot.Total,
            IsComplete = true,
            Records = all,
            Services = [.. snapshot.Services.Values.OrderBy(service => service.Order)],
            CriticalPath = CriticalPath.Of(snapshot),
            Limit = TimeSpan.FromSeconds(5),
        };
    }

    private static IEnumerable<StartupRecord> Regular(StartupShape shape, int records) => Enumerable.Range(0, records).Select(i => shape switch
    {
        StartupShape.Wide => Record(i, null, i, 100_000 + (i * 7919 % 1000)),
        StartupShape.Deep => Record(i, i == 0 ? null : i - 1, i * 10, ((records - i) * 20) + 10),
        _ => Record(i, null, i * 100, 60 + (i * 7919 % 40)),
    });

    // Each service begins a while after another and divides its time among scopes, which divide theirs.
    private static List<StartupRecord> Services(int records, Random random)
    {
        var all = new List<StartupRecord>();
        double began = 0;
        while (all.Count < records)
        {
            double length = 20_000 * Math.Exp(2.5 * random.NextDouble());
            int first = all.Count;
            all.Add(Record(first, null, began, length));
            for (int i = 1; i < ScopesInService && all.Count < records; i++)
            {
                StartupRecord parent = all[first + random.Next(Math.Min(i, 12))];
                double inside = parent.Duration.TotalMicroseconds;
                double at = inside * random.NextDouble();
                double rest = (inside - at) * Math.Pow(random.NextDouble(), 3);
                all.Add(Record(all.Count, parent.Id, parent.StartedAt.TotalMicroseconds + at, rest));
            }

            began += length * random.NextDouble() * 0.4;
        }

        return all;
    }

    // A tracker numbers scopes as they begin.
    private static IEnumerable<StartupRecord> InOrder(IEnumerable<StartupRecord> records)
    {
        StartupRecord[] sorted = [.. records.OrderBy(record => record.StartedAt).ThenBy(record => record.Id)];
        Dictionary<int, int> numbers = sorted.Select((record, i) => (record.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        return sorted.Select((record, i) => record with { Id = i, ParentId = record.ParentId is int parent ? numbers[parent] : null });
    }

    private static StartupRecord Furnish(StartupRecord record, Random random)
    {
        TimeSpan half = record.Duration / 2;
        var made = new StartupComposition
        {
            Wall = record.Duration,
            Cpu = half * random.NextDouble(),
            Jit = record.Duration / 10,
            AssemblyLoading = record.Duration / 20,
            GcPause = record.Duration / 50,
            Awaiting = half * random.NextDouble() / 2,
            AllocatedBytes = random.Next(1 << 24),
            JitMethods = random.Next(300),
            AssembliesLoaded = random.Next(4),
        };
        made = made with { Blocked = made.Wall - made.SumOfParts() };
        return record with
        {
            Type = (ServiceType)(record.Id % 5 % 3),
            Outcome = random.Next(500) == 0 ? StartupOutcome.Failed : StartupOutcome.Succeeded,
            SelfDuration = half,
            Self = made,
            Inclusive = made,
        };
    }

    private static IEnumerable<StartupService> ServicesOf(StartupRecord[] records) => records
        .GroupBy(record => record.Name, StringComparer.Ordinal)
        .Select((group, i) => new StartupService
        {
            Name = group.Key,
            Type = group.First().Type,
            Order = i,
            Count = group.Count(),
            StartedAt = group.First().StartedAt,
            Duration = group.Max(record => record.Duration),
            SelfDuration = group.Max(record => record.SelfDuration),
            Self = group.First().Self,
            Outcome = group.Max(record => record.Outcome),
        });

    private static StartupRecord Record(int id, int? parent, double startMicroseconds, double microseconds) => new()
    {
        Id = id,
        ParentId = parent,
        Name = string.Create(CultureInfo.InvariantCulture, $"Shop.Catalogue.Service{id}"),
        StartedAt = TimeSpan.FromMicroseconds(startMicroseconds),
        Duration = TimeSpan.FromMicroseconds(microseconds),
    };
}

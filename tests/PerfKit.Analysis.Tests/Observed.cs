using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

/// <summary>Builds observations: a second a sample, a window of ten seconds.</summary>
internal static class Observed
{
    public const string Application = "shop";
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static Observations Nothing { get; } = new() { Application = Application };

    public static Observations Samples(Func<int, ResourceSample> sample, int count = 10) => Nothing with
    {
        Samples = Enumerable.Range(0, count).Select(i => sample(i) with { Interval = TimeSpan.FromSeconds(1) }).ToArray(),
    };

    public static Observations With(this Observations observations, params ServiceUsage[] usage) => observations with
    {
        Usage = new UsageSnapshot { TakenAt = DateTimeOffset.UnixEpoch, Window = Window, Services = usage },
    };

    /// <summary>Of a second of waiting for locks that was heard of, so much was in each service.</summary>
    public static Observations WaitedForLocks(this Observations observations, params (string Service, double Seconds)[] waits)
    {
        Observations heard = observations.With([.. waits.Select(wait => new ServiceUsage { Service = wait.Service, LockWaitHeard = TimeSpan.FromSeconds(wait.Seconds) })]);
        return heard with { Usage = heard.Usage! with { LockWaitHeard = TimeSpan.FromSeconds(1) } };
    }

    public static Observations Startup(double totalSeconds, params StartupRecord[] records)
    {
        var services = records.GroupBy(record => record.Name).Select((group, order) => new StartupService
        {
            Name = group.Key,
            Type = group.First().Type,
            Order = order,
            Count = group.Count(),
            StartedAt = group.First().StartedAt,
            Duration = TimeSpan.FromTicks(group.Sum(record => record.Duration.Ticks)),
            SelfDuration = TimeSpan.FromTicks(group.Sum(record => record.SelfDuration.Ticks)),
        });
        return Nothing with
        {
            Startup = StartupSnapshot.Empty with
            {
                Total = TimeSpan.FromSeconds(totalSeconds),
                Records = records,
                Services = services.ToDictionary(service => service.Name),
            },
        };
    }

    public static StartupRecord Record(
        int id, string name, double from, double to, ServiceType type = ServiceType.Essential, int? parent = null, double? self = null) => new()
        {
            Id = id,
            ParentId = parent,
            Name = name,
            Type = type,
            StartedAt = TimeSpan.FromSeconds(from),
            Duration = TimeSpan.FromSeconds(to - from),
            SelfDuration = TimeSpan.FromSeconds(self ?? (to - from)),
            Outcome = StartupOutcome.Succeeded,
        };
}

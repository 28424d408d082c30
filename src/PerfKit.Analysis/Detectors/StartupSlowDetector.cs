using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>PK0001. The limit applies to the span from the first scope to ready; the finding names where that span went.</summary>
internal sealed class StartupSlowDetector : IBottleneckDetector
{
    // A service below a fifth of the span cannot be the reason for it; five services at most can be at or above.
    private const double NotableShare = 0.2;

    public RuleId Rule => Analysis.Rule.StartupSlow;

    public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds)
    {
        if (observations.Startup is not { Records.Count: > 0 } startup)
            return [];
        double total = startup.Total.TotalSeconds;
        double limit = thresholds.StartupSlow.TotalSeconds;
        double excess = Impact.Excess(total, limit, thresholds.StartupCriticalSeconds);
        if (excess < 0)
            return [];
        Bottleneck[] culprits = startup.Services.Values
            .Where(service => ShareOf(service, startup) >= NotableShare)
            .Select(service => Found(service.Name, excess, ShareOf(service, startup), startup, limit, service))
            .ToArray();
        return culprits.Length > 0 ? culprits : [Found(observations.Application, excess, 1, startup, limit, null)];
    }

    public Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        if (observations.Startup is not { } startup)
            return null;
        startup.Services.TryGetValue(bottleneck.Service, out StartupService? service);
        return service switch
        {
            null => Spread(bottleneck, startup),
            { Type: ServiceType.Essential } => Trim(bottleneck, service),
            _ => Defer(bottleneck, service, startup),
        };
    }

    private static double ShareOf(StartupService service, StartupSnapshot startup) =>
        Math.Min(service.SelfDuration.TotalSeconds / startup.Total.TotalSeconds, 1);

    private static Bottleneck Found(
        string name, double excess, double share, StartupSnapshot startup, double limit, StartupService? service)
    {
        double total = startup.Total.TotalSeconds;
        var evidence = new List<Evidence> { new("total start-up time", total, MeasureUnit.Seconds, limit) };
        if (service is not null)
        {
            evidence.Add(new Evidence($"own time of {name}", service.SelfDuration.TotalSeconds, MeasureUnit.Seconds));
            evidence.Add(new Evidence("share of start-up", share * 100, MeasureUnit.Percent));
        }
        if (startup.Untracked > TimeSpan.Zero)
            evidence.Add(new Evidence("time that no scope covers", startup.Untracked.TotalSeconds, MeasureUnit.Seconds));
        double score = Impact.Score(excess, share);
        return new Bottleneck
        {
            Rule = Analysis.Rule.StartupSlow,
            Type = BottleneckType.StartupSlow,
            Service = name,
            Severity = Impact.SeverityOf(score),
            ImpactScore = score,
            Description = service is null
                ? $"Start-up took {Text.Seconds(total)}, and no service alone took a fifth of it."
                : $"{name} took {Text.Seconds(service.SelfDuration.TotalSeconds)} of {Text.Seconds(total)} start-up time ({Text.Percent(share)}).",
            Evidence = evidence,
        };
    }

    private static Recommendation Defer(Bottleneck bottleneck, StartupService service, StartupSnapshot startup)
    {
        double saving = SoleTime.Of(service.Name, startup).TotalSeconds;
        bool isBackground = service.Type == ServiceType.Background;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = service.Name,
            Title = isBackground ? $"Start {service.Name} after the application is ready" : $"Make {service.Name} ready on first use",
            Actions =
            [
                isBackground
                    ? $"Move the start of {service.Name} behind the host's ApplicationStarted event."
                    : $"Wrap {service.Name} in Lazy<Task<…>>, or build it in a background task that requests await.",
                "Answer what needs it before it is ready with a wait or a clear 'not ready yet', whichever users prefer.",
                "Keep its scope where the work happens, so that the next audit still sees it.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(saving, saving, MeasureUnit.Seconds, "start-up time"),
            Basis = $"{service.Name} is {service.Type.ToString().ToLowerInvariant()}; for {Text.Seconds(saving)} nothing else was starting, so start-up is that much shorter without it.",
            Verification = "Audit start-up again and compare the total.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Recommendation Trim(Bottleneck bottleneck, StartupService service)
    {
        double own = service.SelfDuration.TotalSeconds;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = service.Name,
            Title = $"Shorten {service.Name}: it is essential and cannot wait",
            Actions =
            [
                $"Time the steps inside {service.Name} with BeginDependency, to see which of them is long.",
                "Do less before ready: keep what a first request needs, and move the rest behind it.",
                "Keep results between starts where the input has not changed.",
            ],
            Effort = Effort.High,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(0, own, MeasureUnit.Seconds, "start-up time"),
            Basis = $"Its own time, {Text.Seconds(own)}, is the most that can be won; how much of that can go, only its steps can tell.",
            Verification = "Audit start-up again and compare the service's own time and the total.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Recommendation Spread(Bottleneck bottleneck, StartupSnapshot startup) => new()
    {
        Rule = bottleneck.Rule,
        Service = bottleneck.Service,
        Title = "Find out what start-up time is made of",
        Actions =
        [
            startup.Untracked > startup.Total / 2
                ? "Most of the time is in no scope: wrap more of the start-up code in StartupScope.Begin."
                : "Start services that do not need each other at the same time.",
            "Mark services as Optional or Background where the application can serve without them.",
        ],
        Effort = Effort.Medium,
        Priority = bottleneck.Severity,
        Basis = "No prediction: no single service explains the time.",
        Verification = "Audit start-up again and compare the total.",
        Evidence = bottleneck.Evidence,
    };
}

using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0001. The limit applies to the span from the first scope to ready. The finding names the services whose own work that
/// span waited for: their time on the critical path, since work beside it would change nothing.
/// </summary>
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
        CriticalPath path = CriticalPath.Of(startup);
        Bottleneck[] culprits = path.Links
            .Where(link => link.RecordId is not null)
            .GroupBy(link => link.Service, StringComparer.Ordinal)
            .Select(links => (Service: links.Key, Time: path.TimeOf(links.Key).TotalSeconds))
            .Where(on => on.Time >= total * NotableShare)
            .Select(on => Found(on.Service, excess, on.Time, startup, limit))
            .ToArray();
        return culprits.Length > 0 ? culprits : [Found(observations.Application, excess, null, startup, limit)];
    }

    public Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        if (observations.Startup is not { } startup)
            return null;
        if (!startup.Services.TryGetValue(bottleneck.Service, out StartupService? service))
            return Spread(bottleneck, startup);
        var view = new StartupView(startup);
        Recommendation advice = DeferralAdvice.Of(view, service) ?? TrimAdvice.Of(view, service);
        return advice with { Priority = bottleneck.Severity, Evidence = bottleneck.Evidence };
    }

    private static Bottleneck Found(string name, double excess, double? onPath, StartupSnapshot startup, double limit)
    {
        double total = startup.Total.TotalSeconds;
        double share = onPath / total ?? 1;
        var evidence = new List<Evidence> { new("total start-up time", total, MeasureUnit.Seconds, limit) };
        if (onPath is double time)
        {
            evidence.Add(new Evidence($"on the critical path: {name}", time, MeasureUnit.Seconds));
            evidence.Add(new Evidence("share of the critical path", share * 100, MeasureUnit.Percent));
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
            Description = onPath is double waited
                ? $"Start-up waited {Text.Seconds(waited)} of its {Text.Seconds(total)} for {name} ({Text.Percent(share)})."
                : $"Start-up took {Text.Seconds(total)}, and no service alone took a fifth of it.",
            Evidence = evidence,
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

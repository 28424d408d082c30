using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Tells from later starts which recommendations were followed.</summary>
internal sealed class FollowUps(IReadOnlyList<StartupRun> before, IReadOnlyList<StartupRun> after, StartupRun typicalBefore, StartupRun typicalAfter)
{
    // Two that start together are open together for most of the shorter one's time.
    private const double Together = 0.5;

    // A trim that saves less than a tenth cannot be told from one that was not made.
    private const double NotableTrim = 0.9;

    public IReadOnlyList<StartupFollowUp> All() => typicalBefore.Advice.Select(Of).ToArray();

    private StartupFollowUp Of(KeptAdvice advice)
    {
        (StartupFollowed followed, string sign) = advice.Change.Kind switch
        {
            StartupChangeKind.Defer => Deferred(advice.Change.Services),
            StartupChangeKind.Background => Beside(advice.Change.Services),
            StartupChangeKind.Parallel => StartedTogether(advice.Change.Services),
            _ => Trimmed(advice.Change.Services),
        };
        return new StartupFollowUp
        {
            Title = advice.Title,
            Change = advice.Change,
            Followed = followed,
            Sign = sign,
            Predicted = advice.Predicted,
            IsUpperBound = !advice.IsOneFigure,
            Achieved = followed == StartupFollowed.No ? null : OnPath(before, advice.Change.Services) - OnPath(after, advice.Change.Services),
        };
    }

    private (StartupFollowed, string) Deferred(IReadOnlyList<string> services)
    {
        int gone = services.Count(service => !typicalAfter.Services.ContainsKey(service));
        if (gone > 0)
            return (gone == services.Count ? StartupFollowed.Yes : StartupFollowed.Partly, "not started before ready");
        return Beside(services) is (StartupFollowed.Yes, string sign) ? (StartupFollowed.Yes, sign) : (StartupFollowed.No, "still started before ready");
    }

    private (StartupFollowed, string) Beside(IReadOnlyList<string> services)
    {
        if (services.All(service => !typicalAfter.Services.ContainsKey(service)))
            return (StartupFollowed.Yes, "not started before ready");
        if (services.All(service => typicalAfter.Services.GetValueOrDefault(service) is null or { OnPath.Ticks: 0 }))
            return (StartupFollowed.Yes, "start-up does not wait for it");
        bool isBeside = services.All(service => typicalAfter.Services.TryGetValue(service, out StartedService? own)
            && OverlapsMore(service, own));
        return isBeside ? (StartupFollowed.Yes, "starts beside others") : (StartupFollowed.No, "start-up still waits for it");
    }

    private bool OverlapsMore(string service, StartedService own)
    {
        // Whatever it is nested in or holds inside overlapped before as well.
        return typicalAfter.Services.Any(other => other.Key != service && other.Value.Overlap(own) >= Together
            && typicalBefore.Services.TryGetValue(other.Key, out StartedService? earlier)
            && typicalBefore.Services.TryGetValue(service, out StartedService? ownEarlier)
            && earlier.Overlap(ownEarlier) < Together);
    }

    private (StartupFollowed, string) StartedTogether(IReadOnlyList<string> services)
    {
        string[] left = services.Where(typicalAfter.Services.ContainsKey).ToArray();
        int together = left.Count(service => left.Any(other => other != service
            && typicalAfter.Services[service].Overlap(typicalAfter.Services[other]) >= Together
            && !(typicalBefore.Services.TryGetValue(service, out StartedService? own)
                && typicalBefore.Services.TryGetValue(other, out StartedService? earlier) && own.Overlap(earlier) >= Together)));
        return together == 0 ? (StartupFollowed.No, "still started one after the other")
            : together == services.Count ? (StartupFollowed.Yes, "started together")
            : (StartupFollowed.Partly, $"{together} of {services.Count} started together");
    }

    private (StartupFollowed, string) Trimmed(IReadOnlyList<string> services)
    {
        StartupDifference own = StartupComparison.OwnTime(before, after, services[0]);
        bool isShorter = own.Verdict == StartupVerdict.Faster
            || (own.Verdict == StartupVerdict.NoiseUnknown && own.After is { } now && own.Before is { } then && now < then * NotableTrim);
        return isShorter
            ? (StartupFollowed.Yes, own.Verdict == StartupVerdict.Faster ? "its own time is shorter" : "its own time is shorter by more than a tenth; whether by chance is unknown")
            : (StartupFollowed.No, own.Verdict switch
            {
                StartupVerdict.Gone => "not started before ready",
                StartupVerdict.NoiseUnknown => "its own time is not shorter by a tenth",
                _ => "its own time is not shorter beyond noise",
            });
    }

    private static TimeSpan? OnPath(IReadOnlyList<StartupRun> runs, IReadOnlyList<string> services)
    {
        if (runs.Any(run => services.Any(service => run.Services.TryGetValue(service, out StartedService? started) && started.OnPath is null)))
            return null;
        double[] sums = runs.Select(run => services.Sum(service => run.Services.GetValueOrDefault(service)?.OnPath?.TotalSeconds ?? 0)).ToArray();
        return Statistics.Quantile.Of(sums, 0.5) is double median ? TimeSpan.FromSeconds(median) : null;
    }
}

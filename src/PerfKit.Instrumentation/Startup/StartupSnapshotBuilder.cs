using System.Collections.Frozen;

namespace PerfKit.Instrumentation;

/// <summary>Turns a tracker's entries into immutable records. Used under the tracker's lock.</summary>
/// <param name="time">The tracker's clock.</param>
/// <param name="isMetered">The platform's counters go by that clock too.</param>
/// <param name="now">Where unfinished blocks are cut off.</param>
/// <param name="ready">When the application became ready, if it did.</param>
/// <param name="readyInside">The innermost scope that was open in the flow that said so.</param>
internal sealed class StartupSnapshotBuilder(TimeProvider time, bool isMetered, long now, long? ready, StartupEntry? readyInside)
{
    private readonly StartupComposer _composer = new(length => time.GetElapsedTime(0, Math.Max(0, length)), isMetered);
    private long _origin;

    public StartupSnapshot Build(List<StartupEntry> entries, (string Name, long At)[] milestones)
    {
        _origin = entries[0].Began;
        List<Interval>?[] children = ChildIntervals(entries, sameName: true);
        List<Interval>?[] others = ChildIntervals(entries, sameName: false);
        var records = new StartupRecord[entries.Count];
        StartupCharge[] inclusive = Inclusive(entries);
        for (int i = 0; i < records.Length; i++)
            records[i] = Record(entries[i], children[i], inclusive[i]);

        var before = entries.Where(entry => !entry.IsAfterReady).Select(Of).ToList();
        long end = ready ?? before.Max(interval => interval.End);
        long covered = Interval.Union(before, _origin, end);
        return new StartupSnapshot
        {
            Origin = time.GetUtcNow() - Span(_origin, now),
            Total = Span(_origin, end),
            Untracked = Ticks(end - _origin - covered),
            ReadyAt = ready is long at ? Span(_origin, at) : null,
            ReadyInsideId = readyInside?.Id,
            Milestones = milestones.Select(Milestone).ToArray(),
            Records = records,
            Services = Services(entries, others),
        };
    }

    private StartupMilestone Milestone((string Name, long At) reached) => new()
    {
        Name = reached.Name,
        At = reached.At >= _origin ? Span(_origin, reached.At) : -Span(reached.At, _origin),
    };

    private StartupRecord Record(StartupEntry entry, List<Interval>? children, in StartupCharge inclusive)
    {
        Interval whole = Of(entry);
        long own = whole.Length - Interval.Union(children, whole.Begin, whole.End);
        return new StartupRecord
        {
            Id = entry.Id,
            ParentId = entry.Parent?.Id,
            PreviousId = entry.Previous?.Id,
            Name = entry.Name,
            Phase = entry.Phase,
            Type = entry.Type,
            StartedAt = Span(_origin, whole.Begin),
            Duration = Span(whole.Begin, whole.End),
            SelfDuration = Ticks(own),
            Self = _composer.Self(own, entry.Charge, entry.IsLoadTimed),
            Inclusive = _composer.Inclusive(whole.Length, entry.Charge.Idle, inclusive, entry.IsLoadTimed),
            AssemblyLoads = entry.AssemblyLoads?.Select(Load).ToArray() ?? [],
            Outcome = Outcome(entry.IsEnded, entry.HasFailed),
            Error = entry.Error,
            Dependencies = entry.Needs.Select(Dependency).ToArray(),
            BeganOnThread = entry.BeganOnThread,
            EndedOnThread = entry.IsEnded ? entry.EndedOnThread : null,
            IsAfterReady = entry.IsAfterReady,
        };
    }

    private AssemblyLoad Load(LoadEntry load) =>
        new() { Name = load.Name, Duration = load.IsTimed ? Ticks(load.Duration) : null };

    private StartupDependency Dependency(DependencyEntry entry) => !entry.IsTimed
        ? new StartupDependency { Name = entry.Name }
        : new StartupDependency
        {
            Name = entry.Name,
            StartedAt = Span(_origin, entry.Began),
            Duration = Span(entry.Began, entry.IsEnded ? entry.Ended : now),
            Outcome = Outcome(entry.IsEnded, entry.HasFailed),
        };

    private FrozenDictionary<string, StartupService> Services(List<StartupEntry> entries, List<Interval>?[] others)
    {
        var services = new Dictionary<string, StartupService>(StringComparer.Ordinal);
        foreach (IGrouping<string, StartupEntry> group in entries.GroupBy(entry => entry.Name, StringComparer.Ordinal))
        {
            StartupEntry first = group.First();
            // What a service does after ready is no part of its start, unless all of it comes then.
            bool isAfterReady = first.IsAfterReady;
            long until = isAfterReady ? long.MaxValue : ready ?? long.MaxValue;
            var own = group.Select(Of).Select(interval => interval.Until(until)).Where(interval => interval.Length >= 0).ToList();
            var nested = group.SelectMany(entry => others[entry.Id] ?? []).Select(interval => interval.Until(until)).Where(interval => interval.Length >= 0).ToList();
            long duration = Interval.Union(own, long.MinValue, long.MaxValue);
            services.Add(group.Key, new StartupService
            {
                Name = group.Key,
                Type = first.Type,
                Order = services.Count,
                Count = group.Count(),
                IsAfterReady = isAfterReady,
                StartedAt = Span(_origin, first.Began),
                Duration = Ticks(duration),
                SelfDuration = Ticks(duration - Interval.Overlap(own, nested)),
                Self = Self(group, others),
                Outcome = group.Any(entry => entry.HasFailed) ? StartupOutcome.Failed
                    : group.All(entry => entry.IsEnded) ? StartupOutcome.Succeeded : StartupOutcome.Unfinished,
                Dependencies = group.SelectMany(entry => entry.Needs).Select(dependency => dependency.Name)
                    .Distinct(StringComparer.Ordinal).ToArray(),
                Parents = group.Where(entry => entry.Parent is not null).Select(entry => entry.Parent!.Name)
                    .Where(parent => parent != group.Key).Distinct(StringComparer.Ordinal).ToArray(),
            });
        }
        return services.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Of whole scopes, whenever they ended: what they used is not known up to an instant within them.
    private StartupComposition Self(IEnumerable<StartupEntry> group, List<Interval>?[] others)
    {
        StartupCharge sum = default;
        foreach (StartupEntry entry in group)
            sum.Add(entry.Charge);
        var own = group.Select(Of).ToList();
        var nested = group.SelectMany(entry => others[entry.Id] ?? []).ToList();
        long wall = Interval.Union(own, long.MinValue, long.MaxValue) - Interval.Overlap(own, nested);
        return _composer.Self(wall, sum, group.All(entry => entry.IsLoadTimed), StartupComposer.Told(sum) - wall);
    }

    // A scope begins after the one around it, so going backwards each is complete before it is added to the next.
    private static StartupCharge[] Inclusive(List<StartupEntry> entries)
    {
        StartupCharge[] sums = entries.Select(entry => entry.Charge).ToArray();
        for (int i = sums.Length - 1; i >= 0; i--)
        {
            if (entries[i].Parent is { } parent)
                sums[parent.Id].Add(sums[i]);
        }
        return sums;
    }

    private List<Interval>?[] ChildIntervals(List<StartupEntry> entries, bool sameName)
    {
        var children = new List<Interval>?[entries.Count];
        foreach (StartupEntry entry in entries)
        {
            if (entry.Parent is { } parent && (sameName || parent.Name != entry.Name))
                (children[parent.Id] ??= []).Add(Of(entry));
        }
        return children;
    }

    private Interval Of(StartupEntry entry) =>
        new(entry.Began, Math.Max(entry.Began, entry.IsEnded ? entry.Ended : now));

    // A clock that goes backwards makes a block empty, not negative.
    private TimeSpan Span(long from, long to) => time.GetElapsedTime(from, Math.Max(from, to));

    private TimeSpan Ticks(long length) => time.GetElapsedTime(0, Math.Max(0, length));

    private static StartupOutcome Outcome(bool isEnded, bool hasFailed) =>
        hasFailed ? StartupOutcome.Failed : isEnded ? StartupOutcome.Succeeded : StartupOutcome.Unfinished;
}

using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Replays a finished start as spans, with the times that were measured: one for all of it, one for each record inside its
/// parent's, one for each timed dependency, and a link to each service that a record needed. Listeners that a host adds are
/// not there yet when the first services start, so spans that were made then would be lost.
/// </summary>
internal static class StartupActivities
{
    /// <summary>Most records that become spans, in order of beginning; the rest is counted on the outermost span.</summary>
    public const int MostRecords = 10_000;

    public static void Export(ActivitySource source, string application, StartupSnapshot startup, CriticalPath path)
    {
        if (startup.Origin is not { } origin || !source.HasListeners())
            return;
        // The spans tell of the past: they belong to no span of the present, and must not become its parent.
        Activity? current = Activity.Current;
        Activity.Current = null;
        try
        {
            using Activity? whole = source.StartActivity(
                "perfkit.startup", ActivityKind.Internal, parentContext: default, Whole(application, startup), startTime: origin);
            if (whole is null)
                return;
            whole.SetEndTime((origin + startup.Total).UtcDateTime);
            Replay(source, origin, startup.Records, whole, path.Links
                .Where(link => link.RecordId is not null).GroupBy(link => link.RecordId!.Value)
                .ToDictionary(links => links.Key, links => links.Sum(link => link.Duration.TotalSeconds)));
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void Replay(
        ActivitySource source, DateTimeOffset origin, IReadOnlyList<StartupRecord> records, Activity whole, Dictionary<int, double> onPath)
    {
        var spans = new Activity?[Math.Min(records.Count, MostRecords)];
        var lastOfService = new Dictionary<string, Activity>(StringComparer.Ordinal);
        for (int id = 0; id < spans.Length; id++)
        {
            StartupRecord record = records[id];
            Activity parent = whole;
            for (int? outer = record.ParentId; outer is int above; outer = records[above].ParentId)
            {
                if (above < id && spans[above] is { } open)
                {
                    parent = open;
                    break;
                }
            }
            Activity? span = source.StartActivity(
                record.Name, ActivityKind.Internal, parent.Context, Tags(record, onPath), startTime: origin + record.StartedAt);
            spans[id] = span;
            if (span is not null)
                lastOfService[record.Name] = span;
        }
        for (int id = 0; id < spans.Length; id++)
        {
            if (spans[id] is { } span)
                End(source, origin, records[id], span, lastOfService);
        }
    }

    private static void End(
        ActivitySource source, DateTimeOffset origin, StartupRecord record, Activity span, Dictionary<string, Activity> services)
    {
        foreach (StartupDependency dependency in record.Dependencies)
        {
            if (services.TryGetValue(dependency.Name, out Activity? provider) && provider != span)
                span.AddLink(new ActivityLink(provider.Context));
            if (dependency is not { StartedAt: { } began, Duration: { } took })
                continue;
            using Activity? step = source.StartActivity(
                dependency.Name, ActivityKind.Internal, span.Context, [new("perfkit.dependency.of", record.Name)], startTime: origin + began);
            if (dependency.Outcome == StartupOutcome.Failed)
                step?.SetStatus(ActivityStatusCode.Error);
            step?.SetEndTime((origin + began + took).UtcDateTime);
        }
        if (record.Outcome == StartupOutcome.Failed)
            span.SetStatus(ActivityStatusCode.Error, record.Error);
        span.SetEndTime((origin + record.StartedAt + record.Duration).UtcDateTime);
        span.Stop();
    }

    private static List<KeyValuePair<string, object?>> Whole(string application, StartupSnapshot startup)
    {
        var tags = new List<KeyValuePair<string, object?>> { new("perfkit.application", application) };
        Add(tags, "perfkit.startup.before_first_scope", startup.BeforeFirstScope);
        Add(tags, "perfkit.startup.untracked", startup.Untracked);
        long left = startup.DroppedRecords + Math.Max(0, startup.Records.Count - MostRecords);
        if (left > 0)
            tags.Add(new("perfkit.startup.dropped_records", left));
        return tags;
    }

    // Durations in seconds and sizes in bytes, as OpenTelemetry's conventions have them; what is unknown is left out.
    private static List<KeyValuePair<string, object?>> Tags(StartupRecord record, Dictionary<int, double> onPath)
    {
        bool isOnPath = onPath.TryGetValue(record.Id, out double waited);
        var tags = new List<KeyValuePair<string, object?>>
        {
            new("perfkit.service", record.Name),
            new("perfkit.service.type", record.Type.ToString().ToLowerInvariant()),
            new("perfkit.startup.outcome", record.Outcome.ToString().ToLowerInvariant()),
            new("perfkit.startup.after_ready", record.IsAfterReady),
            new("perfkit.startup.on_critical_path", isOnPath),
            new("perfkit.startup.self", record.SelfDuration.TotalSeconds),
        };
        if (isOnPath)
            tags.Add(new("perfkit.startup.on_critical_path.time", waited));
        if (record.Self is not { } self)
            return tags;
        Add(tags, "perfkit.startup.cpu", self.Cpu);
        Add(tags, "perfkit.startup.jit", self.Jit);
        Add(tags, "perfkit.startup.assembly_loading", self.AssemblyLoading);
        Add(tags, "perfkit.startup.gc_pause", self.GcPause);
        Add(tags, "perfkit.startup.queued_for_cpu", self.QueuedForCpu);
        Add(tags, "perfkit.startup.blocked", self.Blocked);
        Add(tags, "perfkit.startup.awaiting", self.Awaiting);
        Add(tags, "perfkit.startup.unknown", self.Unknown);
        Add(tags, "perfkit.startup.allocated", self.AllocatedBytes);
        Add(tags, "perfkit.startup.jit.methods", self.JitMethods);
        Add(tags, "perfkit.startup.assemblies", self.AssembliesLoaded);
        Add(tags, "perfkit.startup.gc.collections", self.GcCollections);
        return tags;
    }

    private static void Add(List<KeyValuePair<string, object?>> tags, string name, TimeSpan? value)
    {
        if (value is { } time)
            tags.Add(new(name, time.TotalSeconds));
    }

    private static void Add(List<KeyValuePair<string, object?>> tags, string name, long? value)
    {
        if (value is long figure)
            tags.Add(new(name, figure));
    }
}

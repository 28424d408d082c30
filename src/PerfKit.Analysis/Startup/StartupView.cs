using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>A start-up with what advice about it needs to know: the critical path and its replay.</summary>
internal sealed class StartupView
{
    // The phase that tracking writes.
    private const string HostedStart = "StartAsync";

    private readonly Dictionary<string, TimeSpan> _onPath = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _inside;

    public StartupView(StartupSnapshot startup, double? processors = null)
    {
        Startup = startup;
        WhatIf = new StartupWhatIf(startup, processors);
        Path = CriticalPath.Of(startup);
        double least = Math.Max(startup.Total.TotalSeconds * 0.02, 0.005);
        MinSaving = TimeSpan.FromSeconds(least);
        foreach (CriticalPathLink link in Path.Links)
        {
            // Time on the path counts for the service and for all it is nested in, once each.
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (int? id = link.RecordId; id is int record; id = startup.Records[record].ParentId)
            {
                if (names.Add(startup.Records[record].Name))
                    _onPath[startup.Records[record].Name] = _onPath.GetValueOrDefault(startup.Records[record].Name) + link.Duration;
            }
        }
        ByPathTime = Path.Links.Where(link => link.RecordId is not null).Select(link => link.Service).Distinct(StringComparer.Ordinal)
            .Where(startup.Services.ContainsKey)
            .Select(name => startup.Services[name])
            .OrderByDescending(service => Path.TimeOf(service.Name)).ThenBy(service => service.Order).ToArray();
        _inside = startup.Services.Values.SelectMany(service => service.Parents.Select(parent => (Outer: parent, Inner: service.Name)))
            .ToLookup(pair => pair.Outer, pair => pair.Inner, StringComparer.Ordinal);
    }

    public StartupSnapshot Startup { get; }

    public StartupWhatIf WhatIf { get; }

    public CriticalPath Path { get; }

    /// <summary>What a proposal has to save.</summary>
    public TimeSpan MinSaving { get; }

    /// <summary>Services with work of their own on the critical path, by falling time on it.</summary>
    public IReadOnlyList<StartupService> ByPathTime { get; }

    /// <summary>Time on the critical path that a service and what is nested in it have.</summary>
    public TimeSpan OnPath(string service) => _onPath.GetValueOrDefault(service);

    /// <summary>Services nested in one, at any depth, by their names.</summary>
    public IReadOnlyCollection<StartupService> Inside(string service)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { service };
        var open = new Stack<string>(found);
        while (open.TryPop(out string? outer))
        {
            foreach (string inner in _inside[outer].Where(found.Add))
                open.Push(inner);
        }
        found.Remove(service);
        return found.Select(name => Startup.Services[name]).OrderBy(inner => inner.Order).ToArray();
    }

    /// <summary>Services that declared that they need another one before ready, by their names.</summary>
    public IReadOnlyList<string> DependantsOf(string service) => Startup.Services.Values
        .Where(other => !other.IsAfterReady && other.Name != service && other.Dependencies.Contains(service, StringComparer.Ordinal))
        .OrderBy(other => other.Order).Select(other => other.Name).ToArray();

    /// <summary>The host starts it, and tracking saw that.</summary>
    public bool IsHosted(string service) => Startup.Records.Any(record => record.Name == service && record.Phase == HostedStart);

    public List<Evidence> EvidenceOf(string service)
    {
        double time = OnPath(service).TotalSeconds;
        return
        [
            new Evidence($"on the critical path: {service}", time, MeasureUnit.Seconds),
            new Evidence("share of the critical path", Startup.Total > TimeSpan.Zero ? time / Startup.Total.TotalSeconds * 100 : 0, MeasureUnit.Percent),
        ];
    }

    /// <summary>A prediction in a sentence, with what it rests on.</summary>
    public static string Tell(string change, StartupPrediction prediction)
    {
        string told = $"Start-up replayed {change} takes {Text.Seconds(prediction.Total.TotalSeconds)}, {Text.Seconds(prediction.Saving.TotalSeconds)} less.";
        if (prediction.Cores is not double cores)
            return told;
        string shared = FormattableString.Invariant($" Work that then runs at the same time shares {cores:0.##} core{(cores == 1 ? "" : "s")};");
        return told + shared + (prediction.MeasuredShare switch
        {
            >= 0.995 => " how much of it is CPU time was measured.",
            > 0.005 => $" how much of it is CPU time was measured for {Text.Percent(prediction.MeasuredShare)} of it, and the rest taken to be.",
            _ => " how much of it is CPU time was not measured, so all of it was taken to be.",
        });
    }

    public static PredictedSaving Saving(StartupPrediction prediction) =>
        new(prediction.Saving.TotalSeconds, prediction.Saving.TotalSeconds, MeasureUnit.Seconds, "start-up time");
}

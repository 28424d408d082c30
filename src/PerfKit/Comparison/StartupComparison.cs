using System.Text.Json.Serialization;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Storage;

namespace PerfKit;

/// <summary>A service's own start-up time before and after a change. Immutable.</summary>
/// <param name="Service">Its name.</param>
/// <param name="OwnTime">The time in which none nested in it was open.</param>
public sealed record StartupServiceDifference(string Service, StartupDifference OwnTime);

/// <summary>
/// How start-up changed between some starts and later ones, and what became of the recommendations. Immutable; it can be
/// written as JSON and read back.
/// </summary>
/// <remarks>
/// Starts vary: compare at least three a side, better four or more, made by turns on one machine. Each service has an
/// interval of its own, so of twenty services that did not change one may look as if it had, at a confidence of 0.95. A change
/// below 5 ms or 2 % of start-up gets no verdict.
/// </remarks>
public sealed record StartupComparison
{
    /// <summary>Version of the JSON shape.</summary>
    public int FormatVersion { get; init; } = ReportJson.FormatVersion;

    /// <summary>The application's name, of the starts after.</summary>
    public required string Application { get; init; }

    /// <summary>When the newest of the starts after was audited.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Fingerprints of the machines, without repetition; with more than one the figures may not be comparable.</summary>
    public IReadOnlyList<string> Machines { get; init => field = value ?? []; } = [];

    /// <summary>Total start-up time.</summary>
    public required StartupDifference Total { get; init; }

    /// <summary>Services that started before ready on either side, by falling size of their change.</summary>
    public IReadOnlyList<StartupServiceDifference> Services { get; init => field = value ?? []; } = [];

    /// <summary>The recommendations of the typical start before (the one of median total), in its order.</summary>
    public IReadOnlyList<StartupFollowUp> FollowUps { get; init => field = value ?? []; } = [];

    /// <summary>
    /// What the followed recommendations with one figure were to save together: the typical start before replayed with all
    /// of them. <c>null</c> when none was followed, or several and the start was kept in a store, which cannot be replayed.
    /// </summary>
    public TimeSpan? PredictedSaving { get; init; }

    /// <summary>What was saved: the change of the total the other way round. Negative when start-up became longer.</summary>
    [JsonIgnore]
    public TimeSpan AchievedSaving => -Total.Change;

    /// <summary>Compares two starts. Of one start a side the noise is unknown, and the comparison says so.</summary>
    /// <param name="before">The start before.</param>
    /// <param name="after">The start after.</param>
    /// <returns>The comparison.</returns>
    public static StartupComparison Of(StartupReport before, StartupReport after) => Of([before], [after]);

    /// <summary>Compares repeated starts before and after a change.</summary>
    /// <param name="before">Reports of starts before, in any order; at least one.</param>
    /// <param name="after">Reports of starts after, in any order; at least one.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A side is empty, or a report has no start-up records.</exception>
    public static StartupComparison Of(IReadOnlyList<StartupReport> before, IReadOnlyList<StartupReport> after) =>
        Between(Runs(before, nameof(before)), Runs(after, nameof(after)));

    /// <summary>Compares starts that were kept in a store: runs of kind <see cref="AuditKind.Startup"/>.</summary>
    /// <param name="before">Stored starts before, in any order; at least one.</param>
    /// <param name="after">Stored starts after, in any order; at least one.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A side is empty, or a run is of another kind.</exception>
    /// <exception cref="FormatException">A run has no total start-up time.</exception>
    public static StartupComparison Of(IReadOnlyList<AuditRun> before, IReadOnlyList<AuditRun> after) =>
        Between(Runs(before, nameof(before)), Runs(after, nameof(after)));

    /// <summary>Compares reports that <see cref="StartupReport.SaveJsonAsync"/> wrote.</summary>
    /// <param name="before">Files of starts before; at least one.</param>
    /// <param name="after">Files of starts after; at least one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A side is empty, or a report has no start-up records.</exception>
    /// <exception cref="FormatException">A file is no such report; the message names the file, the place, and what is allowed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<StartupComparison> ReadAsync(
        IReadOnlyCollection<string> before, IReadOnlyCollection<string> after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Of(await ReadAllAsync(before, cancellationToken).ConfigureAwait(false), await ReadAllAsync(after, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The comparison as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    public ReportDocument ToDocument() => ComparisonDocument.Of(this);

    /// <summary>The comparison as JSON.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => ReportJson.Write(this, ReportJson.Context.StartupComparison);

    /// <summary>Reads a comparison that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="FormatException">The text is no such comparison; the message names the place, and what is allowed.</exception>
    public static StartupComparison FromJson(string json)
    {
        StartupComparison comparison = ReportJson.Read(json, ReportJson.Context.StartupComparison);
        ReportJson.CheckVersion(comparison.FormatVersion);
        return comparison;
    }

    // What no proposal would be made for is no verdict about a service either: 2 % of start-up, and 5 ms.
    private const double SmallestShare = 0.02;
    private static readonly TimeSpan Smallest = TimeSpan.FromMilliseconds(5);

    internal static StartupDifference OwnTime(IReadOnlyList<StartupRun> before, IReadOnlyList<StartupRun> after, string service, TimeSpan smallest = default) =>
        StartupDifference.Of(Own(before, service), Own(after, service), smallest);

    private static TimeSpan[] Own(IReadOnlyList<StartupRun> runs, string service) =>
        runs.Select(run => run.Services.GetValueOrDefault(service)?.Own).OfType<TimeSpan>().ToArray();

    private static StartupComparison Between(IReadOnlyList<StartupRun> before, IReadOnlyList<StartupRun> after)
    {
        StartupRun typicalBefore = Typical(before), typicalAfter = Typical(after);
        TimeSpan smallest = typicalBefore.Total * SmallestShare is var share && share > Smallest ? share : Smallest;
        IReadOnlyList<StartupFollowUp> followUps = new FollowUps(before, after, typicalBefore, typicalAfter).All();
        return new StartupComparison
        {
            Application = typicalAfter.Application,
            CreatedAt = after.Max(run => run.At),
            Machines = before.Concat(after).Select(run => run.Machine).Distinct(StringComparer.Ordinal).ToArray(),
            Total = StartupDifference.Of([.. before.Select(run => run.Total)], [.. after.Select(run => run.Total)]),
            Services = before.Concat(after).SelectMany(run => run.Services.Keys).Distinct(StringComparer.Ordinal)
                .Select(service => new StartupServiceDifference(service, OwnTime(before, after, service, smallest)))
                .OrderByDescending(service => service.OwnTime.Change.Duration()).ThenBy(service => service.Service, StringComparer.Ordinal).ToArray(),
            FollowUps = followUps,
            PredictedSaving = Predicted(typicalBefore, followUps),
        };
    }

    private static TimeSpan? Predicted(StartupRun before, IReadOnlyList<StartupFollowUp> followUps)
    {
        StartupFollowUp[] followed = followUps.Where(advice => advice.Followed != StartupFollowed.No && !advice.IsUpperBound).ToArray();
        return followed.Length switch
        {
            0 => null,
            1 => followed[0].Predicted,
            _ when before.Report is { } report =>
                new StartupWhatIf(report.ToSnapshot(), Math.Max(1, report.Machine.ProcessorCount)).Predict([.. followed.Select(advice => advice.Change)]).Saving,
            _ => null,
        };
    }

    // The lower of the two in the middle when there are two.
    private static StartupRun Typical(IReadOnlyList<StartupRun> runs) =>
        runs.OrderBy(run => run.Total).ThenBy(run => run.At).ElementAt((runs.Count - 1) / 2);

    private static StartupRun[] Runs(IReadOnlyList<StartupReport> reports, string side)
    {
        ArgumentNullException.ThrowIfNull(reports, side);
        if (reports.Count == 0)
            throw new ArgumentException($"{side} has no reports; allowed: 1 or more.", side);
        for (int i = 0; i < reports.Count; i++)
        {
            if (reports[i].Records.Count == 0)
                throw new ArgumentException(FormattableString.Invariant($"{side}[{i}] has no start-up records; allowed: reports of starts with at least one scope."), side);
        }
        return reports.Select(StartupRun.Of).ToArray();
    }

    private static StartupRun[] Runs(IReadOnlyList<AuditRun> runs, string side)
    {
        ArgumentNullException.ThrowIfNull(runs, side);
        if (runs.Count == 0)
            throw new ArgumentException($"{side} has no runs; allowed: 1 or more.", side);
        for (int i = 0; i < runs.Count; i++)
        {
            if (runs[i].Kind != AuditKind.Startup)
                throw new ArgumentException(FormattableString.Invariant($"{side}[{i}].Kind is {runs[i].Kind}; allowed: {AuditKind.Startup}."), side);
        }
        return runs.Select(StartupRun.Of).ToArray();
    }

    private static async Task<IReadOnlyList<StartupReport>> ReadAllAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        var reports = new List<StartupReport>();
        foreach (string file in files)
        {
            string json = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
            try
            {
                reports.Add(StartupReport.FromJson(json));
            }
            catch (FormatException exception)
            {
                throw new FormatException($"{file}: {exception.Message}", exception);
            }
        }
        return reports;
    }
}

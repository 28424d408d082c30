using PerfKit.Instrumentation;

namespace PerfKit.StartupAccuracy;

/// <summary>One generated program, run under PerfKit and compared with what is true of it.</summary>
/// <param name="Seed">The seed that makes the program again.</param>
/// <param name="Records">Scopes that it had.</param>
/// <param name="IsPathRight">Every stretch of the critical path has the right owner, beginning and length, to the tick.</param>
/// <param name="WrongSlack">Services whose slack is not the true one.</param>
/// <param name="UnsafeSlack">Services that are said to have more slack than they have.</param>
/// <param name="WrongPredictions">Services for which "half its own work" is predicted wrongly.</param>
/// <param name="HasUnawaited">Some flow is awaited by nobody, which no record tells.</param>
/// <param name="HasNearTie"><see cref="KnownAnswer.HasNearTie"/>.</param>
internal sealed record GraphTrial(
    int Seed, int Records, bool IsPathRight, int WrongSlack, int UnsafeSlack, int WrongPredictions, bool HasUnawaited, bool HasNearTie)
{
    // A replay costs as much as all the rest, so only some services of a program are tried.
    private const int Predictions = 6;

    // Work is scaled in floating point on one side, in ticks on the other.
    private static readonly TimeSpan Rounding = TimeSpan.FromTicks(50);

    public static GraphTrial Run(int seed, ScopeStyle style, SimulatedTime time)
    {
        IReadOnlyList<Step> program = new ProgramGenerator(seed).Next();
        var answer = new KnownAnswer(program);
        StartupSnapshot snapshot = SimulatedStart.Run(program, style, time);
        CriticalPath path = CriticalPath.Of(snapshot);
        // The records begin with the first scope, the program with its first step.
        TimeSpan before = answer.Total - path.Total;
        Dictionary<string, TimeSpan?> slack = answer.Slack();
        var whatIf = new StartupWhatIf(snapshot);
        return new GraphTrial(
            seed,
            snapshot.Records.Count,
            answer.CriticalPath().Where(stretch => stretch.Began >= before).SequenceEqual(path.Links.Select(link => Stretch(link, before))),
            slack.Count(service => service.Value is { } room && path.Slack[service.Key] != room),
            slack.Count(service => service.Value is { } room && path.Slack[service.Key] > room),
            slack.Keys.Order(StringComparer.Ordinal).Chunk((slack.Count / Predictions) + 1).Select(services => services[0]).Count(service => (whatIf.Speed(service, 50).Total + before - KnownAnswer.TotalWhen(program, service, 0.5)).Duration() > Rounding),
            Step.HasUnawaited(program),
            answer.HasNearTie);
    }

    private static Stretch Stretch(CriticalPathLink link, TimeSpan before) =>
        new(link.RecordId is null ? null : link.Service, link.StartedAt + before, link.Duration);
}

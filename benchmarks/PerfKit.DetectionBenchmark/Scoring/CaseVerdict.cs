using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What was found in a case beside what is true of it.</summary>
/// <param name="Outcome">The case and its result.</param>
internal sealed record CaseVerdict(Outcome Outcome)
{
    public Case Case => Outcome.Case;

    /// <summary>The program had the CPU that it needed, and its faults were there; what is not judged counts neither way.</summary>
    public bool IsJudged => Outcome.Room >= Elbowroom.LeastShare
        && (Outcome.Result is not { } result || Case.Faults.All(fault => result.Cores >= fault.LeastCores));

    public IReadOnlyList<BottleneckType> Found { get; } = [.. (Outcome.Result?.Found ?? []).Select(found => found.Type).Distinct().Order()];

    /// <summary>Injected and found.</summary>
    public IEnumerable<BottleneckType> Right => Case.Injected.Intersect(Found);

    /// <summary>Injected and not found; all of them where the child failed.</summary>
    public IEnumerable<BottleneckType> Missed => Case.Injected.Except(Found);

    /// <summary>Found, though neither injected nor a consequence by physics.</summary>
    public IEnumerable<BottleneckType> False => Found.Except(Case.Injected).Except(Case.Accompanying);

    public bool IsAsItShould => Outcome.Result is not null && !Missed.Any() && !False.Any();

    /// <summary>The names that findings of a type carry.</summary>
    public IReadOnlyList<string> Named(BottleneckType type) =>
        [.. (Outcome.Result?.Found ?? []).Where(found => found.Type == type).Select(found => found.Service).Distinct()];

    /// <summary>Of all that findings of the type accuse, each is to blame: one innocent among them and it is not right.</summary>
    public bool NamesRightly(BottleneckType type) => Named(type).All(name => Case.CulpritsOf(type).Contains(name));
}

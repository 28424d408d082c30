namespace PerfKit.StartupAccuracy;

/// <summary>A piece of a generated start-up program. The same program is run and, apart from that, worked out.</summary>
internal abstract record Step
{
    /// <summary>The flow works, on behalf of the scope it is in.</summary>
    public sealed record Work(TimeSpan Time) : Step;

    /// <summary>A scope: it declares what it needs, awaits that, and goes through its body.</summary>
    public sealed record Scope(string Name, IReadOnlyList<string> Needs, IReadOnlyList<Step> Body) : Step;

    /// <summary>Flows that are started together and awaited together, as by <see cref="Task.WhenAll(Task[])"/>.</summary>
    public sealed record Together(IReadOnlyList<IReadOnlyList<Step>> Flows) : Step;

    /// <summary>A flow that is started and awaited by nobody.</summary>
    public sealed record Apart(IReadOnlyList<Step> Flow) : Step;

    /// <summary>All scopes in a list of steps, outer ones first, in the order in which the program names them.</summary>
    public static IEnumerable<Scope> ScopesIn(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            IEnumerable<Scope> inside = step switch
            {
                Scope scope => ScopesIn(scope.Body).Prepend(scope),
                Together together => together.Flows.SelectMany(ScopesIn),
                Apart apart => ScopesIn(apart.Flow),
                _ => [],
            };
            foreach (Scope scope in inside)
                yield return scope;
        }
    }

    /// <summary>Somewhere in the steps a flow is started that nobody awaits.</summary>
    public static bool HasUnawaited(IReadOnlyList<Step> steps) => steps.Any(step => step switch
    {
        Scope scope => HasUnawaited(scope.Body),
        Together together => together.Flows.Any(HasUnawaited),
        _ => step is Apart,
    });
}

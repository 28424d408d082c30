using PerfKit.Instrumentation;

namespace StartupLab;

/// <summary>
/// What to change about the start: which services wait until the site is ready, which start beside what follows them, and
/// which start together.
/// </summary>
internal sealed record StartPlan(IReadOnlyList<StartupChange> Changes)
{
    /// <summary>All services one after the other, in the order they are listed.</summary>
    public static StartPlan Plain { get; } = new([]);

    public IEnumerable<string> Deferred => Named(StartupChangeKind.Defer);

    public IEnumerable<string> InBackground => Named(StartupChangeKind.Background);

    public IEnumerable<IReadOnlyList<string>> Together => Changes.Where(change => change.Kind == StartupChangeKind.Parallel).Select(change => change.Services);

    /// <summary>Reads what <see cref="ToString"/> writes: <c>defer:a,background:b,parallel:c+d</c>; <c>plain</c> changes nothing.</summary>
    /// <exception cref="FormatException">It is no plan; the message says which part.</exception>
    public static StartPlan Parse(string text) => new(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(part => part != "plain").Select(ParseOne).ToArray());

    public override string ToString() => Changes.Count == 0
        ? "plain"
        : string.Join(',', Changes.Select(change => $"{change.Kind.ToString().ToLowerInvariant()}:{string.Join('+', change.Services)}"));

    private static StartupChange ParseOne(string part) => part.Split(':', 2) switch
    {
        ["defer", { Length: > 0 } names] => StartupChange.Defer(names.Split('+')),
        ["background", { Length: > 0 } names] => StartupChange.Background(names.Split('+')),
        ["parallel", { } names] when names.Split('+') is { Length: > 1 } members => StartupChange.Parallel(members),
        _ => throw new FormatException($"'{part}' is none of defer:NAME, background:NAME, parallel:NAME+NAME and top:N."),
    };

    private IEnumerable<string> Named(StartupChangeKind kind) => Changes.Where(change => change.Kind == kind).SelectMany(change => change.Services);
}

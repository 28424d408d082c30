namespace StartupLab;

/// <summary>What to change about the start: which services wait until the site is ready, and which start together.</summary>
internal sealed record StartPlan(IReadOnlyList<string> Deferred, IReadOnlyList<IReadOnlyList<string>> Together)
{
    /// <summary>All services one after the other, in the order they are listed.</summary>
    public static StartPlan Plain { get; } = new([], []);

    /// <summary>Reads what <see cref="ToString"/> writes: <c>defer:a,parallel:b+c</c>; <c>plain</c>, or nothing, changes nothing.</summary>
    /// <exception cref="FormatException">It is no plan; the message says which part.</exception>
    public static StartPlan Parse(string text)
    {
        var deferred = new List<string>();
        var together = new List<IReadOnlyList<string>>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (part.Split(':', 2))
            {
                case ["plain"]:
                    break;
                case ["defer", { Length: > 0 } service]:
                    deferred.Add(service);
                    break;
                case ["parallel", { } group] when group.Split('+', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } members:
                    together.Add(members);
                    break;
                default:
                    throw new FormatException($"'{part}' is neither defer:NAME nor parallel:NAME+NAME.");
            }
        }
        return new StartPlan(deferred, together);
    }

    public override string ToString() => Deferred.Count + Together.Count == 0
        ? "plain"
        : string.Join(',', [.. Deferred.Select(name => $"defer:{name}"), .. Together.Select(group => $"parallel:{string.Join('+', group)}")]);
}

using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>What a finding, an explanation or advice must have, so that a report can show it, write it and read it back.</summary>
/// <remarks>Detectors and rules may be a user's: nullable annotations and enumerations bind nobody at run time.</remarks>
internal static class FindingRules
{
    // What findings brought about may nest; a report that is read back allows JSON to nest 64 deep, and a list may hold itself.
    private const int MostLevels = 8;

    /// <exception cref="InvalidOperationException">Something is missing or not allowed.</exception>
    public static void Check(Bottleneck? found) => Check(found, "bottleneck", 1);

    /// <exception cref="InvalidOperationException">Something is missing or not allowed.</exception>
    public static void Check(Explanation? explanation)
    {
        Given(explanation, "explanation");
        Named(explanation!.Rule, "explanation.Rule");
        Defined(explanation.Outcome, "explanation.Outcome");
        Given(explanation.Reason, "explanation.Reason");
        Each(explanation.Seen, "explanation.Seen", Check);
    }

    /// <exception cref="InvalidOperationException">Something is missing or not allowed.</exception>
    public static void Check(Recommendation? advice)
    {
        Given(advice, "advice");
        Named(advice!.Rule, "advice.Rule");
        Given(advice.Service, "advice.Service");
        Given(advice.Title, "advice.Title");
        Given(advice.Basis, "advice.Basis");
        Given(advice.Verification, "advice.Verification");
        Defined(advice.Effort, "advice.Effort");
        Defined(advice.Priority, "advice.Priority");
        Filled(advice.Actions, "advice.Actions", Given);
        Filled(advice.Evidence, "advice.Evidence", Check);
        Each(advice.Changes, "advice.Changes", Check);
        if (advice.Saving is { } saving)
        {
            Given(saving.Measure, "advice.Saving.Measure");
            Defined(saving.Unit, "advice.Saving.Unit");
        }
        if (advice.Expected is { } expected)
        {
            Given(expected.Figure, "advice.Expected.Figure");
            Defined(expected.Unit, "advice.Expected.Unit");
        }
    }

    private static void Check(Bottleneck? found, string at, int level)
    {
        if (level > MostLevels)
            throw new InvalidOperationException($"{at} is nested too deep; allowed: {MostLevels} levels of consequences.");
        Given(found, at);
        Named(found!.Rule, $"{at}.Rule");
        Defined(found.Type, $"{at}.Type");
        Given(found.Service, $"{at}.Service");
        Defined(found.Severity, $"{at}.Severity");
        if (!double.IsFinite(found.ImpactScore))
            throw new InvalidOperationException(FormattableString.Invariant($"{at}.ImpactScore is {found.ImpactScore}; allowed: a finite number."));
        Given(found.Description, $"{at}.Description");
        Filled(found.Evidence, $"{at}.Evidence", Check);
        Each(found.Consequences, $"{at}.Consequences", (consequence, place) => Check(consequence, place, level + 1));
    }

    private static void Check(Evidence? evidence, string at)
    {
        Given(evidence, at);
        Given(evidence!.Measure, $"{at}.Measure");
        Defined(evidence.Unit, $"{at}.Unit");
    }

    private static void Check(StartupChange? change, string at)
    {
        Given(change, at);
        Defined(change!.Kind, $"{at}.Kind");
        Given(change.Services, $"{at}.Services");
        Each(change.Services, $"{at}.Services", Given);
    }

    private static void Filled<T>(IReadOnlyList<T>? list, string at, Action<T, string> check)
    {
        Given(list, at);
        if (list!.Count == 0)
            throw new InvalidOperationException($"{at} is empty; allowed: 1 or more.");
        Each(list, at, check);
    }

    private static void Each<T>(IReadOnlyList<T> list, string at, Action<T, string> check)
    {
        for (int i = 0; i < list.Count; i++)
            check(list[i], FormattableString.Invariant($"{at}[{i}]"));
    }

    private static void Given(object? value, string at)
    {
        if (value is null)
            throw new InvalidOperationException($"{at} is null; allowed: anything else.");
    }

    private static void Named(RuleId rule, string at)
    {
        if (rule == default)
            throw new InvalidOperationException($"{at} is {rule}; allowed: PK0001 to PK9999.");
    }

    private static void Defined<T>(T value, string at) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new InvalidOperationException($"{at} is {value}; allowed: {string.Join(", ", Enum.GetNames<T>())}.");
    }
}

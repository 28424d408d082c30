using System.Text;

namespace PerfKit.Storage;

/// <summary>What is wrong with a run: where (a JSON path below the run), what stands there, what is allowed.</summary>
internal readonly record struct Violation(string Path, string Value, string Allowed);

/// <summary>The limits that <see cref="AuditRun"/> documents, checked alike for a run that is appended and one that is imported.</summary>
internal static class RunRules
{
    private const int MaxCharacters = 256;
    private const int MaxMetrics = 10_000;
    private const int MaxFacts = 64;
    private const string HalfOfAPair = "half of a surrogate pair";
    private const string Whole = "valid Unicode";

    private static readonly string AtMost = $"a text of at most {MaxCharacters} characters";
    private static readonly string OneToMost = $"a text of 1 to {MaxCharacters} characters";

    /// <exception cref="ArgumentException">Something in the run is not allowed.</exception>
    public static void Check(AuditRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (FirstViolation(run) is { } violation)
            throw new ArgumentException($"run{violation.Path} is {violation.Value}; allowed is {violation.Allowed}.", nameof(run));
    }

    /// <exception cref="ArgumentException">The limit is not allowed.</exception>
    public static void CheckLimit(int? limit, string parameter)
    {
        if (limit < 1)
            throw new ArgumentException($"Limit is {limit}; allowed is 1 or more, or null.", parameter);
    }

    /// <summary>Whether a file can hold it: half of a surrogate pair has no UTF-8.</summary>
    public static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !Rune.TryGetRuneAt(text, i++, out _))
                return false;
        }

        return true;
    }

    public static Violation? FirstViolation(AuditRun run)
    {
        if (run.Id == Guid.Empty)
            return new Violation(".id", $"\"{run.Id}\"", "an identifier that is not all zeros");
        if (!Enum.IsDefined(run.Kind))
            return new Violation(".kind", Node.Invariant((int)run.Kind), Node.Kinds);
        if (run.Metrics is null || run.Metrics.Count > MaxMetrics)
            return new Violation(".metrics", run.Metrics is null ? "null" : $"{run.Metrics.Count} metrics", $"a list of at most {MaxMetrics} metrics");

        return Text(".application", run.Application, minimum: 1)
            ?? Text(".machineFingerprint", run.MachineFingerprint, minimum: 1)
            ?? (run.Commit is null ? null : Text(".commit", run.Commit, minimum: 1))
            ?? (run.Branch is null ? null : Text(".branch", run.Branch, minimum: 1))
            ?? FirstViolation(run.Facts)
            ?? run.Metrics.Select(FirstViolation).FirstOrDefault(violation => violation is not null);
    }

    private static Violation? FirstViolation(IReadOnlyDictionary<string, string>? facts)
    {
        if (facts is null || facts.Count > MaxFacts)
            return new Violation(".facts", facts is null ? "null" : $"{facts.Count} facts", $"at most {MaxFacts} texts by name");

        return facts.Select(fact => FirstViolation(fact.Key, fact.Value)).FirstOrDefault(violation => violation is not null);
    }

    private static Violation? FirstViolation(string name, string fact)
    {
        if (name.Length is 0 or > MaxCharacters)
            return new Violation(".facts", $"a name of {name.Length} characters", OneToMost);
        return IsUnicode(name) ? Text($".facts.{Shown(name)}", fact, minimum: 0) : new Violation(".facts", $"a name with {HalfOfAPair}", Whole);
    }

    private static string Shown(string name) => name.Length <= 80 ? name : string.Concat(name.AsSpan(0, 80), "…");

    private static Violation? FirstViolation(RunMetric? metric, int index)
    {
        string path = $".metrics[{Node.Invariant(index)}]";
        if (metric is null)
            return new Violation(path, "null", "a metric");
        if (!double.IsFinite(metric.Value))
            return new Violation(path + ".value", Node.Invariant(metric.Value), "a finite number");

        return Text(path + ".service", metric.Service, minimum: 0)
            ?? Text(path + ".operation", metric.Operation, minimum: 0)
            ?? Text(path + ".metric", metric.Metric, minimum: 1)
            ?? Text(path + ".unit", metric.Unit, minimum: 0);
    }

    private static Violation? Text(string path, string? text, int minimum)
    {
        if (text is null)
            return new Violation(path, "null", minimum == 0 ? AtMost : OneToMost);
        if (text.Length < minimum)
            return new Violation(path, "\"\"", OneToMost);
        if (text.Length > MaxCharacters)
            return new Violation(path, $"a text of {text.Length} characters", minimum == 0 ? AtMost : OneToMost);
        return IsUnicode(text) ? null : new Violation(path, $"a text with {HalfOfAPair}", Whole);
    }
}

namespace PerfKit.Analysis;

/// <summary>Something that makes the application slow, with the figures that show it. Immutable.</summary>
public sealed record Bottleneck
{
    /// <summary>The rule that found it.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public required BottleneckType Type { get; init; }

    /// <summary>The service that causes it; the application's name when no service stands out.</summary>
    public required string Service { get; init; }

    /// <summary>How bad it is.</summary>
    public Severity Severity { get; init; }

    /// <summary>
    /// 0 to 100, higher is worse: 100 · √share · (1 − 2^−(x + ½)), where <c>x</c> is how far the figure is past its warning
    /// limit in units of the distance from warning to critical, and <c>share</c> is this service's part of the figure; the
    /// root keeps one of several causes of a very bad figure from looking harmless.
    /// </summary>
    public double ImpactScore { get; init; }

    /// <summary>
    /// How sure it is, from 0 to 1: a · (1 − 2^−(n / 3)), where <c>n</c> is the number of measured points, or the seconds of a
    /// total, and <c>a</c> the part of them that alone would say the same. 1 where a single measurement is the fact itself.
    /// </summary>
    public double Confidence { get; init; } = 1;

    /// <summary>
    /// What this brought about, worst first: findings that go away with it, and so are not listed beside it. Each may have
    /// consequences of its own.
    /// </summary>
    public IReadOnlyList<Bottleneck> Consequences { get; init => field = value ?? []; } = [];

    /// <summary>One sentence that says what was seen.</summary>
    public required string Description { get; init; }

    /// <summary>The figures it rests on, the deciding one first; never empty.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    internal static Bottleneck Of(RuleId rule, BottleneckType type, string service, double score, double confidence, string description, params IReadOnlyList<Evidence> evidence) => new()
    {
        Rule = rule,
        Type = type,
        Service = service,
        Severity = Impact.SeverityOf(score),
        ImpactScore = score,
        Confidence = confidence,
        Description = description,
        Evidence = evidence,
    };
}

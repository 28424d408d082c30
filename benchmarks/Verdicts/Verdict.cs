namespace PerfKit.Verdicts;

/// <summary>One claim: a figure beside its limit. Whether it holds is <c>null</c> where the machine could not tell.</summary>
internal sealed record Verdict(string Claim, string Figure, string Limit, bool? Holds)
{
    /// <summary>No busy machine blurs the figure, so that a short run judges it too.</summary>
    public bool IsExact { get; init; }

    public string Word => Holds switch { true => "holds", false => "FALLS SHORT", null => "not judged" };
}

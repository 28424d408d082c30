namespace PerfKit.OverheadBenchmark;

/// <summary>One claim: a figure beside its limit. Whether it holds is <c>null</c> where the machine could not tell.</summary>
internal sealed record Verdict(string Claim, string Figure, string Limit, bool? Holds)
{
    /// <summary>The figure is a count, which no busy machine blurs.</summary>
    public bool IsExact { get; init; }

    public string Word => Holds switch { true => "holds", false => "FALLS SHORT", null => "not judged" };
}

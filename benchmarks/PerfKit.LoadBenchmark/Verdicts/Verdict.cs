namespace PerfKit.LoadBenchmark;

/// <summary>A claim beside its limit.</summary>
/// <param name="Holds"><see langword="null"/> when nothing is claimed, only shown.</param>
internal sealed record Verdict(string Claim, string Figure, string Limit, bool? Holds)
{
    public string Word => Holds switch { true => "holds", false => "FAILS", null => "" };
}

namespace PerfKit.WebBenchmark;

/// <summary>How much is measured.</summary>
/// <param name="Generations">How often all sites are started anew: where code and data lie differs between processes, and moves figures.</param>
/// <param name="Rounds">Rounds of each generation.</param>
/// <param name="Slice">How long one site is asked in a round.</param>
/// <param name="WarmUpSlices">As many before, while the sites are being compiled.</param>
internal sealed record Effort(int Generations, int Rounds, TimeSpan Slice, int WarmUpSlices)
{
    public static Effort Full(int generations) => new(generations, Rounds: 8, TimeSpan.FromMilliseconds(200), WarmUpSlices: 15);

    /// <summary>Proves that everything runs; its figures mean nothing.</summary>
    public static Effort Short { get; } = new(Generations: 1, Rounds: 2, TimeSpan.FromMilliseconds(100), WarmUpSlices: 3);
}

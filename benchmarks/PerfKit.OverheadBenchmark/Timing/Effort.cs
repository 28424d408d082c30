namespace PerfKit.OverheadBenchmark;

/// <summary>How much is measured.</summary>
/// <param name="Slice">How long one subject runs in a round of the single-threaded table.</param>
/// <param name="Rounds">Rounds of that table.</param>
/// <param name="LongSlice">As the slice, where threads have to be started together.</param>
/// <param name="LongRounds">Rounds there.</param>
internal sealed record Effort(TimeSpan Slice, int Rounds, TimeSpan LongSlice, int LongRounds)
{
    /// <summary>Enough for medians that hold from run to run.</summary>
    public static Effort Full { get; } = new(TimeSpan.FromMilliseconds(2), 201, TimeSpan.FromMilliseconds(40), 61);

    /// <summary>Proves that everything runs; its figures mean nothing.</summary>
    public static Effort Short { get; } = new(TimeSpan.FromMilliseconds(0.2), 3, TimeSpan.FromMilliseconds(5), 3);
}

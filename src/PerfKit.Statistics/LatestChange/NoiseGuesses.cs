namespace PerfKit.Statistics;

/// <summary>The models of a reference's noise: one to read results off, and guesses that stand for what its memory may be.</summary>
internal sealed class NoiseGuesses
{
    /// <summary>
    /// Each guess is the lower half of what the ones before left, and the last one all the rest: 1/2, 1/4, 1/8, 1/16, 1/32, 1/32. The larger
    /// the memory, the less the newest values prove, so that is where guesses must be fine.
    /// </summary>
    private const int Count = 6;

    public NoiseGuesses(ReadOnlySpan<double> reference, int window)
    {
        var memory = LikelyMemory.Of(reference);
        Central = new NoiseModel(reference, memory.Mean, window);
        var all = new (double, NoiseModel)[Count];
        double low = 0;
        for (int i = 0; i < Count; i++)
        {
            double share = i < Count - 1 ? (1 - low) / 2 : 1 - low;
            all[i] = (share, new NoiseModel(reference, memory.Between(low, low + share), window));
            low += share;
        }

        All = all;
    }

    /// <summary>Gets the model of the mean memory.</summary>
    public NoiseModel Central { get; }

    /// <summary>Gets the guesses, each with its share of what is likely, the larger the memory the later. A p-value is the mean of theirs.</summary>
    public IReadOnlyList<(double Share, NoiseModel Model)> All { get; }
}

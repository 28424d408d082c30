namespace PerfKit.Sampling;

/// <summary>Collects why figures are missing, each once. Any thread may note and read.</summary>
internal sealed class UnavailableFigures
{
    /// <summary>A bound in case a reader invents names; the real readers have about a dozen.</summary>
    internal const int Capacity = 64;

    private readonly Lock _gate = new();
    private volatile IReadOnlyList<UnavailableFigure> _all = [];

    /// <summary>What was noted so far, in order; the list never changes.</summary>
    internal IReadOnlyList<UnavailableFigure> All => _all;

    /// <summary>Notes a reason unless these figures already have one: the first is nearest to the cause.</summary>
    internal void Note(string figure, string reason)
    {
        lock (_gate)
        {
            if (_all.Count < Capacity && !_all.Any(noted => noted.Figure == figure))
                _all = [.. _all, new UnavailableFigure(figure, reason)];
        }
    }
}

namespace PerfKit.Sampling;

/// <summary>What a network interface has done, since it was made or in a window.</summary>
/// <param name="ReceivedBytes">Bytes received.</param>
/// <param name="SentBytes">Bytes sent.</param>
/// <param name="Packets">Packets received and sent.</param>
/// <param name="Errors">Faulty packets, both ways.</param>
/// <param name="Dropped">Packets dropped, both ways.</param>
public readonly record struct NetworkCounters(long ReceivedBytes, long SentBytes, long Packets, long Errors, long Dropped)
{
    internal NetworkCounters Plus(NetworkCounters other) => new(
        ReceivedBytes + other.ReceivedBytes, SentBytes + other.SentBytes, Packets + other.Packets, Errors + other.Errors, Dropped + other.Dropped);

    /// <summary>The growth since then; <see langword="null"/> when a counter went back, as for an interface that was made anew.</summary>
    internal NetworkCounters? Since(NetworkCounters earlier)
    {
        var growth = new NetworkCounters(
            ReceivedBytes - earlier.ReceivedBytes, SentBytes - earlier.SentBytes, Packets - earlier.Packets, Errors - earlier.Errors, Dropped - earlier.Dropped);
        return growth is { ReceivedBytes: >= 0, SentBytes: >= 0, Packets: >= 0, Errors: >= 0, Dropped: >= 0 } ? growth : null;
    }
}

namespace PerfKit.LoadBenchmark;

/// <summary>The true latencies, computed without the generator's help.</summary>
internal static class Truth
{
    /// <summary>
    /// What the server was made to do, replayed on intended arrivals: each request takes its delay, none waits for another, and from the
    /// arrival of the stalling one nothing is answered for a second.
    /// </summary>
    public static double[] Simulated(int count, double rate, int? stallAt)
    {
        double begins = stallAt is { } at ? at / rate : double.PositiveInfinity;
        double ends = begins + ServedDelays.StallSeconds;
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                double due = i / rate;
                double end = (due >= begins && due < ends ? ends : due) + ServedDelays.SecondsOf(i);
                return (end >= begins && end < ends ? ends : end) - due;
            }).Order(),
        ];
    }

    /// <summary>What the server did: when it wrote each answer, by the clock both processes share, less when the request was due.</summary>
    public static double[] Logged(IReadOnlyDictionary<int, long> written, double rate, double start, double ticksPerSecond) =>
        [.. written.Select(entry => (entry.Value / ticksPerSecond) - start - (entry.Key / rate)).Order()];

    /// <summary>The least latency that at least this share of all do not exceed.</summary>
    public static double Quantile(double[] sorted, double probability) => sorted[Math.Max(0, (int)Math.Ceiling(probability * sorted.Length) - 1)];
}

namespace PerfKit.LoadBenchmark;

/// <summary>How long the server takes for each request: known to both sides before the first one is sent.</summary>
internal static class ServedDelays
{
    /// <summary>The stall: for one second, nothing is answered.</summary>
    public const double StallSeconds = 1;

    private const double MedianSeconds = 0.050;
    private const double Sigma = 0.6;

    /// <summary>Log-normal around 50 ms: p99 is 202 ms, p99.9 is 319 ms.</summary>
    public static double SecondsOf(int index)
    {
        // Two independent uniform numbers from the index (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
        // OOPSLA 2014), made normal by Box and Muller.
        double first = Uniform(2 * (ulong)index), second = Uniform((2 * (ulong)index) + 1);
        double normal = Math.Sqrt(-2 * Math.Log(first)) * Math.Cos(2 * Math.PI * second);
        return MedianSeconds * Math.Exp(Sigma * normal);
    }

    private static double Uniform(ulong seed)
    {
        ulong bits = (seed + 1) * 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        bits ^= bits >> 31;
        return ((bits >> 11) + 0.5) / (1UL << 53);
    }
}

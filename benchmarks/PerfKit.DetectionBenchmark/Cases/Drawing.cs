namespace PerfKit.DetectionBenchmark;

/// <summary>Draws parameters.</summary>
internal static class Drawing
{
    /// <summary>A seed for one name that is the same in every process (FNV-1a), so that new kinds leave the draws of others alone.</summary>
    public static int SeedOf(int seed, string name)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in name)
            hash = (hash ^ letter) * 16_777_619;
        return (int)(hash ^ ((uint)seed * 2_654_435_761)) & int.MaxValue;
    }

    public static T Any<T>(this Random random)
        where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }

    public static bool Coin(this Random random) => random.Next(2) == 0;

    public static double Between(this Random random, double low, double high) => low + (random.NextDouble() * (high - low));
}

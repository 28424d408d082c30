using System.Security.Cryptography;
using System.Text.Json;

namespace PerfKit.DetectionBenchmark;

/// <summary>Ways to keep a CPU busy.</summary>
internal enum Computation
{
    Parse,
    Search,
    Sort,
    Hash,
}

/// <summary>One piece of such work takes some milliseconds, and next to no allocation.</summary>
internal static class Computations
{
    private const int Size = 2_000;

    private static readonly byte[] Document = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, Size * 4).Select(i => new { id = i, name = $"item {i}" }));
    private static readonly int[] Numbers = [.. Enumerable.Range(0, Size * 20).Select(i => (int)(i * 2_654_435_761L % 1_000_003))];

    [ThreadStatic]
    private static int[]? _scratch;

    public static long Do(Computation computation) => computation switch
    {
        Computation.Parse => Parse(),
        Computation.Search => Search(),
        Computation.Sort => Sort(),
        _ => Hash(),
    };

    private static long Parse()
    {
        var reader = new Utf8JsonReader(Document);
        long sum = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
                sum += reader.GetInt32();
        }
        return sum;
    }

    private static long Search()
    {
        long duplicates = 0;
        for (int i = 0; i < Size; i++)
        {
            for (int j = i + 1; j < Size; j++)
                duplicates += Numbers[i] == Numbers[j] ? 1 : 0;
        }
        return duplicates;
    }

    private static long Sort()
    {
        _scratch ??= new int[Numbers.Length];
        Numbers.CopyTo(_scratch, 0);
        Array.Sort(_scratch);
        return _scratch[0];
    }

    private static long Hash()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (int i = 0; i < 2_000; i++)
            SHA256.HashData(digest, digest);
        return digest[0];
    }
}

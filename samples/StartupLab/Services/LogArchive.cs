using System.IO.Compression;

namespace StartupLab;

/// <summary>Packs yesterday's log.</summary>
internal static class LogArchive
{
    public static void Pack(string log, string scratch)
    {
        using FileStream source = File.OpenRead(log);
        using FileStream target = File.Create(Path.Combine(scratch, "usage.log.gz"));
        using var packed = new GZipStream(target, CompressionLevel.Optimal);
        source.CopyTo(packed);
    }
}

using System.IO.Compression;

namespace StartupLab;

/// <summary>Compresses what browsers ask for, so that no request has to.</summary>
internal static class StaticAssets
{
    public static void Compress(string folder, string scratch)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            using FileStream target = File.Create(Path.Combine(scratch, Path.GetFileName(file) + ".br"));
            using var compressed = new BrotliStream(target, new BrotliCompressionOptions { Quality = 8 });
            compressed.Write(File.ReadAllBytes(file));
        }
    }
}

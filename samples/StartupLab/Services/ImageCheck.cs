using System.Security.Cryptography;

namespace StartupLab;

/// <summary>Reads the images through, to find the ones that a crash has damaged.</summary>
internal static class ImageCheck
{
    public static void Run(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] image = new byte[1 << 20];
        var hashes = new List<byte[]>();
        for (int read = file.ReadAtLeast(image, image.Length, throwOnEndOfStream: false); read > 0; read = file.ReadAtLeast(image, image.Length, throwOnEndOfStream: false))
            hashes.Add(SHA512.HashData(image.AsSpan(0, read)));
    }
}

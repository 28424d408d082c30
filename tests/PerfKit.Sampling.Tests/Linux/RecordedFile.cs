namespace PerfKit.Sampling.Tests;

/// <summary>The files in the folder Recorded, as bytes.</summary>
internal static class RecordedFile
{
    internal static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".txt"));

    internal static IEnumerable<byte[]> All(string kind) => Directory.GetFiles(Folder, kind + ".*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Linux", "Recorded");
}

namespace PerfKit.DetectionBenchmark;

/// <summary>What a program has around it: a folder of its own and a remote system.</summary>
internal sealed class Premises : IDisposable
{
    public Premises(int remotePort)
    {
        Folder = Directory.CreateTempSubdirectory("perfkit-detection-").FullName;
        Remote = new Remote(remotePort);
    }

    public string Folder { get; }

    public Remote Remote { get; }

    public string MakeFile(string name, int bytes)
    {
        string path = Path.Combine(Folder, name);
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose()
    {
        Remote.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

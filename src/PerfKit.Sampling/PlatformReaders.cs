namespace PerfKit.Sampling;

/// <summary>Chooses the readers: the one place that asks which operating system this is, once a sampler.</summary>
internal static class PlatformReaders
{
    internal static IResourceReader[] ForThisProcess(UnavailableFigures unavailable) =>
    [
        new RuntimeReader(unavailable), // first: CPU time is read nearest to the time stamp
        OperatingSystem.IsLinux() ? new LinuxReader(new LinuxFiles(), unavailable) : new PortableReader(unavailable),
        new ExceptionReader(),
    ];
}

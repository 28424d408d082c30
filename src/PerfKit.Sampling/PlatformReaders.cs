namespace PerfKit.Sampling;

/// <summary>Chooses the readers: the one place that asks which operating system this is, once a sampler.</summary>
internal static class PlatformReaders
{
    internal static IResourceReader[] ForThisProcess(UnavailableFigures unavailable, TimeProvider time, ICollection<string> diskPaths) =>
    [
        new RuntimeReader(unavailable), // first: CPU time is read nearest to the time stamp
        new HeapReader(),
        new PoolHeartbeat(time),
        new ExceptionReader(),
        new LockReader(unavailable),
        .. ForThisSystem(unavailable),
        .. diskPaths.Count > 0 ? [new DiskReader(diskPaths, time, unavailable)] : Array.Empty<IResourceReader>(),
    ];

    private static IResourceReader[] ForThisSystem(UnavailableFigures unavailable)
    {
        if (!OperatingSystem.IsLinux()) return [new PortableReader(unavailable)];
        var files = new LinuxFiles();
        return [new LinuxReader(files, unavailable), new LinuxMachineReader(files, unavailable)];
    }
}

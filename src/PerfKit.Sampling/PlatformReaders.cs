namespace PerfKit.Sampling;

/// <summary>Chooses the readers: the one place that asks which operating system this is, once a sampler.</summary>
internal static class PlatformReaders
{
    internal static IResourceReader[] ForThisProcess(UnavailableFigures unavailable, TimeProvider time, ResourceSamplerOptions options) =>
    [
        .. ForThisSystem(unavailable, time), // first: CPU time is read nearest to the time stamp
        new RuntimeReader(unavailable),
        new HeapReader(),
        new PoolHeartbeat(time),
        new ExceptionReader(),
        new LockReader(unavailable),
        new DnsReader(),
        .. options.CountsSockets ? [new SocketReader(options.Interval)] : Array.Empty<IResourceReader>(),
        .. options.DiskPaths.Count > 0 ? [new DiskReader(options.DiskPaths, time, unavailable)] : Array.Empty<IResourceReader>(),
    ];

    private static IResourceReader[] ForThisSystem(UnavailableFigures unavailable, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux()) return [new PortableReader(unavailable)];
        var files = new LinuxFiles();
        var machine = new MachineReaders(time, unavailable, new LinuxMachineReader(files, unavailable), new LinuxGroupReader(files, unavailable));
        return [new LinuxProcessReader(files, unavailable), machine];
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PerfKit.Sampling.Tests;

/// <summary>The real files of the machine the tests run on.</summary>
[Collection(OneAtATime.Name)] // alone: tests beside it would change what it compares
public sealed class ThisMachineTests
{
    [Fact]
    public void Sample_onceWarm_allocatesNothing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { HistoryCapacity = 100 });
        for (int i = 0; i < 200; i++) sampler.Sample(); // compiles, opens the files, fills the ring

        long allocated = long.MaxValue;
        // After a collection the collector is asked what it found, which allocates; a contention makes it listen to locks: a series with one in it is taken again.
        for (int attempt = 0, collections = -1; attempt < 20 && (collections != GC.CollectionCount(0) || allocated != 0); attempt++)
        {
            collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++) sampler.Sample();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Sample_besideTheProcessClass_agrees()
    {
        using var sampler = new ResourceSampler();
        sampler.Sample();
        using Process process = Process.GetCurrentProcess();

        ResourceSample sample = sampler.Sample();

        Assert.InRange((double)sample.WorkingSetBytes!.Value, 0.8 * process.WorkingSet64, 1.2 * process.WorkingSet64);
        double cpuSeconds = process.TotalProcessorTime.TotalSeconds;
        Assert.InRange(sample.CpuTime!.Value.TotalSeconds, cpuSeconds - 0.5, cpuSeconds + 0.5);
        Assert.InRange(sample.ThreadCount!.Value, process.Threads.Count - 5, process.Threads.Count + 5);
    }

    [Fact]
    public void Sample_busyThread_isOneCoreUsed()
    {
        using var sampler = new ResourceSampler();
        sampler.Sample();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < 200;) Thread.SpinWait(1000);

        ResourceSample sample = sampler.Sample();

        Assert.True(sample.CpuTime > TimeSpan.Zero);
        Assert.True(sample.CpuCores > 0.1, $"{sample.CpuCores}"); // far below 1: the machine may be busy with other things
        Assert.True(sample.CpuPercent > 0);
        Assert.True(sample.AvailableCores > 0);
    }

    [Fact]
    public void Sample_fileRead_showsInTheIoFigures()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var sampler = new ResourceSampler();
        string path = Path.GetTempFileName();
        try
        {
            ResourceSample before = sampler.Sample();
            File.WriteAllBytes(path, new byte[300_000]);
            File.ReadAllBytes(path);
            ResourceSample after = sampler.Sample();

            Assert.True(after.IoReadBytes - before.IoReadBytes >= 300_000);
            Assert.True(after.IoWrittenBytes - before.IoWrittenBytes >= 300_000);
            Assert.True(after.IoOperations - before.IoOperations >= 2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sample_socketTraffic_isNotInTheIoFiguresOfLinux()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var sampler = new ResourceSampler();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using TcpClient server = listener.AcceptTcpClient();
        byte[] buffer = new byte[1000];

        ResourceSample before = sampler.Sample();
        for (int i = 0; i < 1000; i++)
        {
            client.GetStream().Write(buffer);
            server.GetStream().ReadExactly(buffer);
        }

        ResourceSample after = sampler.Sample();
        Assert.InRange((after.IoReadBytes - before.IoReadBytes)!.Value, 0, 500_000); // of a million; docs/measures.md says so
        Assert.InRange((after.IoWrittenBytes - before.IoWrittenBytes)!.Value, 0, 500_000);
    }

    [Fact]
    public void Sample_onLinux_missesNothing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var sampler = new ResourceSampler();

        sampler.Sample();
        Assert.Empty(sampler.Unavailable);
    }

    [Fact]
    public void Open_missingFile_givesItsErrorAndThrowsNothing()
    {
        if (!OperatingSystem.IsLinux()) return;

        Assert.Null(new LinuxFiles().Open("/proc/self/nothing-of-that-name", out int error));
        Assert.Equal(2, error); // ENOENT
        Assert.Empty(new LinuxFiles().Folders("/proc/self/nothing-of-that-name"));
        Assert.True(new LinuxFiles().ReadStart("/proc", new byte[10]).IsEmpty); // a folder opens, and then cannot be read
    }

    [Fact]
    public void PortableReader_onAnyPlatform_agreesWithTheProcessClass()
    {
        using var reader = new PortableReader(new UnavailableFigures());
        using Process process = Process.GetCurrentProcess();
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.InRange((double)reading.WorkingSetBytes!.Value, 0.8 * process.WorkingSet64, 1.2 * process.WorkingSet64);
        Assert.True(reading.ThreadCount > 0);
        Assert.Null(reading.MachineAvailableMemoryBytes);
        Assert.Equal(OperatingSystem.IsWindows(), reading.IoReadBytes is not null);
    }
}

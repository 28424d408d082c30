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
        Assert.False(new LinuxFiles().TryList("/proc/self/nothing-of-that-name", []));
        Assert.True(new LinuxFiles().ReadLink("/proc/self/nothing-of-that-name", new byte[10]).IsEmpty);
        Assert.True(new LinuxFiles().ReadStart("/proc", new byte[10]).IsEmpty); // a folder opens, and then cannot be read
    }

    [Fact]
    public void Files_ofThisProcess_areListedAndLookedAt()
    {
        if (!OperatingSystem.IsLinux()) return;
        var files = new LinuxFiles();
        var threads = new List<int>();

        Assert.True(files.TryList("/proc/self/task", threads));
        Assert.Contains(Environment.ProcessId, threads);
        Assert.StartsWith("net:[", System.Text.Encoding.ASCII.GetString(files.ReadLink("/proc/self/ns/net", new byte[64])), StringComparison.Ordinal);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[12_345]);
            using IOpenFile file = files.Open(path, out _)!;
            Assert.True(file.TryStatus(out FileStatus status));
            Assert.Equal(new FileStatus(1, 12_345), status);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Discover_thatListens_isFoundAtItsPort()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var discovery = new ProcessDiscovery();

        ProcessInfo me = Assert.Single(discovery.Discover(), process => process.IsCurrent);
        Assert.Contains(((IPEndPoint)listener.LocalEndpoint).Port, me.ListeningPorts!);
    }

    [Theory]
    [InlineData("a name")]
    [InlineData("a) (b")]
    [InlineData("größer")]
    public void Discover_programsWithOddNames_areFoundAndVanish(string name)
    {
        if (!OperatingSystem.IsLinux()) return;
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string program = Path.Combine(folder, name);
            File.Copy("/bin/sleep", program);
            using Process child = Process.Start(program, "600");
            using var discovery = new ProcessDiscovery();
            discovery.Discover();
            ProcessInfo found = Assert.Single(discovery.Discover(), process => process.Id == child.Id);

            Assert.Equal((name, Environment.ProcessId, 1), (found.Name, found.ParentId, found.ThreadCount));
            child.Kill();
            child.WaitForExit();
            Assert.DoesNotContain(discovery.Discover(), process => process.Id == child.Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Sample_namesLookedUp_areCounted()
    {
        using var sampler = new ResourceSampler();
        Assert.Equal(0, sampler.Sample().DnsLookupCount);

        await Dns.GetHostAddressesAsync("localhost");
        Assert.True(sampler.Sample().DnsLookupCount >= 1);
    }

    [Fact]
    public void Sample_socketsCountedOnRequest_areToldByTheRuntime()
    {
        using var silent = new ResourceSampler();
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { CountsSockets = true, Interval = TimeSpan.FromMilliseconds(100) });
        using var told = new ManualResetEventSlim();
        sampler.Sampled += sample =>
        {
            if (sample.Sockets is { Connected: >= 1, Accepted: >= 1, SentBytes: >= 1000 }) told.Set();
        };
        sampler.Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using TcpClient server = listener.AcceptTcpClient();
        client.GetStream().Write(new byte[1000]);

        Assert.True(told.Wait(TimeSpan.FromSeconds(30)));
        Assert.Null(silent.Sample().Sockets);
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

using System.Diagnostics;

namespace PerfKit.Sampling.Tests;

public sealed class ProcessDiscoveryTests
{
    [Fact]
    public void Discover_recordedMachine_givesEachProcessThatCanBeRead()
    {
        FakeFiles files = new FakeFiles()
            .WithFolders("/proc", "sys", "90211", "2", "2817", "555", "self", "1x")
            .With("/proc/stat", RecordedFile.Read("stat.linux-4.19-composed"))
            .With("/proc/2817/stat", RecordedFile.Read("pid-stat.linux-4.19-composed"))
            .With("/proc/2817/io", RecordedFile.Read("pid-io.linux-4.19-composed"))
            .With("/proc/90211/stat", RecordedFile.Read("pid-stat.linux-5.15-name-with-parentheses-composed"))
            .With("/proc/2/stat", RecordedFile.Read("pid-stat.linux-5.15-kernel-thread-composed"))
            .Without("/proc/90211/io", "/proc/2/io") // somebody else's
            .Without("/proc/555/stat");              // has just ended

        IReadOnlyList<ProcessInfo> processes = new ProcessDiscovery(new LinuxProcessScan(files)).Discover();

        DateTimeOffset boot = new(2018, 12, 27, 13, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                new ProcessInfo
                {
                    Id = 2, Name = "kthreadd", StartedAt = boot.AddMilliseconds(40), CpuTime = TimeSpan.FromMilliseconds(10),
                    WorkingSetBytes = 0, ThreadCount = 1,
                },
                new ProcessInfo
                {
                    Id = 2817, ParentId = 2790, Name = "dotnet", StartedAt = boot.AddMilliseconds(4129770),
                    CpuTime = TimeSpan.FromMilliseconds(21670), WorkingSetBytes = 24811L * Environment.SystemPageSize,
                    ThreadCount = 23, IoReadBytes = 323934931, IoWrittenBytes = 323929600,
                },
                new ProcessInfo
                {
                    Id = 90211, ParentId = 1, Name = "(a) b) c", StartedAt = boot.AddMilliseconds(88123450),
                    CpuTime = TimeSpan.FromMilliseconds(180), WorkingSetBytes = 377L * Environment.SystemPageSize, ThreadCount = 4,
                },
            ],
            processes);
        Assert.Equal(0, files.StillOpen);
    }

    [Fact]
    public void Discover_noBootTimeAndRubbish_leavesOutOnlyWhatMakesNoSense()
    {
        FakeFiles files = new FakeFiles()
            .WithFolders("/proc", "2", "2817", "7")
            .Without("/proc/stat", "/proc/2/io")
            .With("/proc/2/stat", RecordedFile.Read("pid-stat.linux-5.15-kernel-thread-composed"))
            .With("/proc/2817/stat", "nonsense\n")
            .With("/proc/7/stat", RecordedFile.Read("pid-stat.linux-4.19-composed")); // of another process

        ProcessInfo process = Assert.Single(new ProcessDiscovery(new LinuxProcessScan(files)).Discover());
        Assert.Equal(2, process.Id);
        Assert.Null(process.StartedAt);
    }

    [Fact]
    public void Discover_canceled_throws()
    {
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new ProcessDiscovery().Discover(canceled.Token));
    }

    [Fact]
    public void Discover_thisMachine_findsThisProcess() => AssertFindsThisProcess(new ProcessDiscovery());

    [Fact]
    public void Discover_portably_findsThisProcess() => AssertFindsThisProcess(new ProcessDiscovery(new PortableProcessScan()));

    private static void AssertFindsThisProcess(ProcessDiscovery discovery)
    {
        IReadOnlyList<ProcessInfo> processes = discovery.Discover();
        using Process me = Process.GetCurrentProcess();

        ProcessInfo found = Assert.Single(processes, process => process.IsCurrent);
        Assert.Equal(Environment.ProcessId, found.Id);
        Assert.Equal(processes.OrderBy(process => process.Id), processes);
        Assert.InRange((double)found.WorkingSetBytes!.Value, 0.5 * me.WorkingSet64, 2.0 * me.WorkingSet64);
        Assert.InRange((found.StartedAt!.Value - me.StartTime).TotalSeconds, -5, 5);
        Assert.True(found.CpuTime > TimeSpan.Zero);
        Assert.True(found.ThreadCount > 0);
        if (OperatingSystem.IsLinux()) Assert.Contains(processes, process => process.Id == 1 && process.ParentId is null);
    }
}

using System.Diagnostics;

namespace PerfKit.Sampling.Tests;

public sealed class ProcessDiscoveryTests
{
    private static readonly DateTimeOffset Boot = new(2018, 12, 27, 13, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<int, TimeSpan> _clocks = [];

    [Fact]
    public void Discover_recordedMachine_givesEachProcessThatCanBeRead()
    {
        FakeFiles files = Machine(90211, 2, 2817, 555)
            .With("/proc/2817/stat", RecordedFile.Read("pid-stat.linux-4.19-composed"))
            .With("/proc/2817/io", RecordedFile.Read("pid-io.linux-4.19-composed"))
            .With("/proc/2817/cgroup", RecordedFile.Read("cgroup.linux-5.15-v2-kubernetes-composed"))
            .With("/proc/90211/stat", RecordedFile.Read("pid-stat.linux-5.15-name-with-parentheses-composed"))
            .With("/proc/90211/cgroup", "0::/\n")
            .With("/proc/2/stat", RecordedFile.Read("pid-stat.linux-5.15-kernel-thread-composed"))
            .Without("/proc/2/cgroup")
            .Forbidden("/proc/90211/io", "/proc/2/io") // somebody else's
            .Without("/proc/555/stat", "/proc/555/cgroup"); // has just ended
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);

        IReadOnlyList<ProcessInfo> processes = discovery.Discover();

        Assert.Equal(
            [
                new ProcessInfo
                {
                    Id = 2, Name = "kthreadd", StartedAt = Boot.AddMilliseconds(40), CpuTime = TimeSpan.FromMilliseconds(10),
                    WorkingSetBytes = 0, ThreadCount = 1, ChildCount = 0,
                },
                new ProcessInfo
                {
                    Id = 2817, ParentId = 2790, Name = "dotnet", StartedAt = Boot.AddMilliseconds(4129770),
                    CpuTime = TimeSpan.FromMilliseconds(21670), WorkingSetBytes = 24811L * Environment.SystemPageSize,
                    ThreadCount = 23, IoReadBytes = 323934931, IoWrittenBytes = 323929600, ChildCount = 0,
                    ContainerId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                },
                new ProcessInfo
                {
                    Id = 90211, ParentId = 1, Name = "(a) b) c", StartedAt = Boot.AddMilliseconds(88123450),
                    CpuTime = TimeSpan.FromMilliseconds(180), WorkingSetBytes = 377L * Environment.SystemPageSize, ThreadCount = 4, ChildCount = 0,
                },
            ],
            processes);
        Assert.Equal(0, files.StillOpen);
    }

    [Fact]
    public void Discover_again_readsKeptFilesAndTheClock()
    {
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "worker");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        Assert.Equal(0, files.StillOpen); // who asks once keeps nothing open
        discovery.Discover();
        Assert.Equal(3, files.StillOpen);
        files.Opened.Clear();
        _clocks[10] = TimeSpan.FromSeconds(7);
        files.With("/proc/10/statm", "100 50 1 1 0 1 0\n").WithStatus("/proc/10/task", links: 11);

        ProcessInfo process = Assert.Single(discovery.Discover());

        Assert.Equal(["/proc/stat"], files.Opened);
        Assert.Equal((TimeSpan.FromSeconds(7), 50L * Environment.SystemPageSize, 9), (process.CpuTime, process.WorkingSetBytes, process.ThreadCount));
        Assert.Equal(("worker", 1), (process.Name, process.ParentId));
        Assert.Equal(12, process.IoReadBytes);
    }

    [Fact]
    public void Discover_idUsedAgain_isAnotherProcess()
    {
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "before");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        discovery.Discover();

        With(files, 10, parent: 5, started: 900, name: "after")
            .Without("/proc/10/statm", "/proc/10/task", "/proc/10/io"); // what is open belongs to a process that has ended
        ProcessInfo process = Assert.Single(discovery.Discover());

        Assert.Equal(("after", 5, Boot.AddSeconds(9)), (process.Name, process.ParentId, process.StartedAt));
        Assert.Equal(0, files.StillOpen);
    }

    [Fact]
    public void Discover_parentThatEnded_readsTheLineAgain()
    {
        FakeFiles files = With(With(Machine(5, 10), 5, parent: 1, started: 90, name: "parent"), 10, parent: 5, started: 100, name: "child");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        for (int i = 0; i < 3; i++) discovery.Discover();
        With(files, 10, parent: 1, started: 100, name: "child").WithNumbers("/proc", 10);
        Assert.Equal(5, discovery.Discover()[0].ParentId); // the scan in which the parent is missed

        ProcessInfo process = Assert.Single(discovery.Discover());
        Assert.Equal(1, process.ParentId);
    }

    [Fact]
    public void Discover_processThatRenamesItself_isNoticedSoon()
    {
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "before");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        discovery.Discover();
        With(files, 10, parent: 1, started: 100, name: "after");

        string[] names = [.. Enumerable.Range(0, LinuxProcessScan.ScansBetweenNames).Select(_ => Assert.Single(discovery.Discover()).Name)];
        Assert.Equal("after", names[^1]);
    }

    [Fact]
    public void Discover_youngProcess_isReadInFullUntilItHasItsName()
    {
        _time.SetWall(Boot.AddSeconds(5));
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "sh");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        discovery.Discover();
        With(files, 10, parent: 1, started: 100, name: "worker");

        Assert.Equal("worker", Assert.Single(discovery.Discover()).Name);
    }

    [Fact]
    public void Discover_moreProcessesThanFilesMayBeKept_keepsNoMore()
    {
        int[] ids = [.. Enumerable.Range(100, 40)];
        FakeFiles files = ids.Aggregate(Machine(ids), (machine, id) => With(machine, id, parent: 1, started: 100, name: "crowd"));
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false, keptFiles: 20);

        for (int i = 0; i < 3; i++) Assert.Equal(40, discovery.Discover().Count);
        Assert.Equal(18, files.StillOpen);
        Assert.All(discovery.Discover(), process => Assert.Equal(12, process.IoReadBytes));
    }

    [Fact]
    public void Discover_fewFilesAllowed_keepsAQuarterOfThem()
    {
        int[] ids = [.. Enumerable.Range(100, 40)];
        FakeFiles files = ids.Aggregate(Machine(ids), (machine, id) => With(machine, id, parent: 1, started: 100, name: "crowd"))
            .With("/proc/self/limits", "Max open files            48                   48                   files     \n");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);

        for (int i = 0; i < 3; i++) discovery.Discover();
        Assert.Equal(12, files.StillOpen);
    }

    [Fact]
    public void Discover_noneForAMinute_closesWhatIsKept()
    {
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "worker");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        discovery.Discover();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, files.StillOpen);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, files.StillOpen);
        Assert.Single(discovery.Discover());
    }

    [Fact]
    public void Dispose_keepsNothingOpenFromThenOn()
    {
        FakeFiles files = With(Machine(10), 10, parent: 1, started: 100, name: "worker");
        ProcessDiscovery discovery = Discovery(files, findsPorts: false);
        discovery.Discover();
        discovery.Discover();

        discovery.Dispose();
        Assert.Equal(0, files.StillOpen);
        for (int i = 0; i < 3; i++) Assert.Single(discovery.Discover());
        Assert.Equal(0, files.StillOpen);
    }

    [Fact]
    public void Discover_children_areCounted()
    {
        FakeFiles files = Machine(1, 10, 11, 12);
        With(files, 1, parent: 0, started: 1, name: "init");
        foreach (int id in (int[])[10, 11]) With(files, id, parent: 1, started: 100, name: "child");
        With(files, 12, parent: 10, started: 100, name: "grandchild");
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);

        Assert.Equal([2, 1, 0, 0], discovery.Discover().Select(process => process.ChildCount));
    }

    [Fact]
    public void Discover_noBootTimeAndRubbish_leavesOutOnlyWhatMakesNoSense()
    {
        FakeFiles files = Machine(2, 2817, 7)
            .Without("/proc/stat", "/proc/2/io", "/proc/2/cgroup", "/proc/2817/cgroup", "/proc/7/cgroup")
            .With("/proc/2/stat", RecordedFile.Read("pid-stat.linux-5.15-kernel-thread-composed"))
            .With("/proc/2817/stat", "nonsense\n")
            .With("/proc/7/stat", RecordedFile.Read("pid-stat.linux-4.19-composed")); // of another process
        using ProcessDiscovery discovery = Discovery(files, findsPorts: false);

        ProcessInfo process = Assert.Single(discovery.Discover());
        Assert.Equal(2, process.Id);
        Assert.Null(process.StartedAt);
    }

    [Fact]
    public void Discover_listeners_areFoundInTheFilesOfTheirProcesses()
    {
        FakeFiles files = Listening();
        using ProcessDiscovery discovery = Discovery(files);

        IReadOnlyList<ProcessInfo> processes = discovery.Discover();

        Assert.Equal([443, 8080], processes[0].ListeningPorts);
        Assert.Equal([], processes[1].ListeningPorts);
        Assert.Null(processes[2].ListeningPorts);    // in another network
        Assert.Null(processes[3].ListeningPorts);    // somebody else's
    }

    [Fact]
    public void Discover_nobodySaysWhoListens_givesNoPortsInsteadOfNone()
    {
        using ProcessDiscovery hidden = Discovery(Listening().Forbidden("/proc/net/tcp")), halfHidden = Discovery(Listening().Forbidden("/proc/net/tcp6"));
        using ProcessDiscovery withoutIpv6 = Discovery(Listening().Without("/proc/net/tcp6"));

        Assert.All(hidden.Discover(), process => Assert.Null(process.ListeningPorts));
        Assert.All(halfHidden.Discover(), process => Assert.Null(process.ListeningPorts));
        Assert.NotNull(withoutIpv6.Discover()[0].ListeningPorts);
    }

    [Fact]
    public void Discover_whoListensIsToldLater_givesThePorts()
    {
        FakeFiles files = Listening();
        using ProcessDiscovery discovery = Discovery(files.Without("/proc/net/tcp"));
        discovery.Discover();

        files.With("/proc/net/tcp", RecordedFile.Read("tcp.linux-5.15-composed"));
        _time.Advance(ListeningSockets.Cadence);

        Assert.Equal([443, 8080], discovery.Discover()[0].ListeningPorts);
    }

    [Fact]
    public void Discover_listenersAgain_looksThroughFilesOnlyWhenThereIsANewOne()
    {
        FakeFiles files = Listening();
        using ProcessDiscovery discovery = Discovery(files);
        discovery.Discover();
        files.Listed.Clear();

        Assert.Equal([443, 8080], discovery.Discover()[0].ListeningPorts);
        _time.Advance(ListeningSockets.Cadence);
        Assert.Equal([443, 8080], discovery.Discover()[0].ListeningPorts);
        Assert.DoesNotContain(files.Listed, folder => folder.EndsWith("/fd", StringComparison.Ordinal));

        files.With("/proc/net/tcp6", "").WithLink("/proc/11/fd/4", "socket:[777]")
            .With("/proc/net/tcp", "   0: 0100007F:1F90 0:0 0A 0:0 0:0 0 1000 0 41001 1\n   1: 0100007F:0050 0:0 0A 0:0 0:0 0 1000 0 777 1\n");
        _time.Advance(ListeningSockets.Cadence);
        IReadOnlyList<ProcessInfo> processes = discovery.Discover();
        Assert.Equal([8080], processes[0].ListeningPorts);
        Assert.Equal([80], processes[1].ListeningPorts);
    }

    [Fact]
    public void Discover_canceled_throws()
    {
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        using var discovery = new ProcessDiscovery();
        Assert.Throws<OperationCanceledException>(() => discovery.Discover(canceled.Token));
        Assert.NotEmpty(discovery.Discover());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65_537)]
    public void Options_outOfRange_areRefused(int keptFiles)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ProcessDiscovery(new ProcessDiscoveryOptions { KeptFiles = keptFiles }));
        Assert.Contains($"KeptFiles is {keptFiles}; allowed is from 0 to 65536.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    public void Options_atTheLimits_areTaken(int keptFiles)
    {
        using var discovery = new ProcessDiscovery(new ProcessDiscoveryOptions { KeptFiles = keptFiles });
        Assert.NotEmpty(discovery.Discover());
    }

    [Fact]
    public void Discover_thisMachine_findsThisProcess()
    {
        using var discovery = new ProcessDiscovery();
        AssertFindsThisProcess(discovery);
        AssertFindsThisProcess(discovery);
        AssertFindsThisProcess(discovery); // by now from kept files
    }

    [Fact]
    public void Discover_portably_findsThisProcess()
    {
        using var discovery = new ProcessDiscovery(new PortableProcessScan(), TimeProvider.System);
        AssertFindsThisProcess(discovery);
        Assert.All(discovery.Discover(), process => Assert.Null(process.ChildCount));
    }

    private ProcessDiscovery Discovery(FakeFiles files, bool findsPorts = true, int keptFiles = 4096) => new(
        new LinuxProcessScan(
            files, new ProcessDiscoveryOptions { FindsListeningPorts = findsPorts, KeptFiles = keptFiles }, _time,
            id => _clocks.TryGetValue(id, out TimeSpan time) ? time : null),
        _time);

    private static FakeFiles Machine(params int[] ids) => new FakeFiles()
        .WithNumbers("/proc", ids)
        .With("/proc/self/limits", RecordedFile.Read("limits.linux-6.18-recorded"))
        .With("/proc/stat", RecordedFile.Read("stat.linux-4.19-composed"));

    private FakeFiles With(FakeFiles files, int id, int parent, int started, string name)
    {
        _clocks.TryAdd(id, TimeSpan.FromSeconds(1));
        return files
            .With($"/proc/{id}/stat", $"{id} ({name}) S {parent} 1 1 0 -1 0 1 2 3 4 50 50 0 0 20 0 3 0 {started} 1000 20 0 0\n")
            .With($"/proc/{id}/statm", "100 20 1 1 0 1 0\n")
            .WithStatus($"/proc/{id}/task", links: 5)
            .With($"/proc/{id}/io", "rchar: 12\nwchar: 13\nsyscr: 1\nsyscw: 1\nread_bytes: 0\nwrite_bytes: 0\n")
            .With($"/proc/{id}/cgroup", "0::/\n");
    }

    private FakeFiles Listening()
    {
        FakeFiles files = Machine(10, 11, 12, 13)
            .With("/proc/net/tcp", RecordedFile.Read("tcp.linux-5.15-composed"))
            .With("/proc/net/tcp6", RecordedFile.Read("tcp6.linux-5.15-composed"))
            .WithLink("/proc/self/ns/net", "net:[4026531840]");
        for (int id = 10; id <= 13; id++)
        {
            With(files, id, parent: 1, started: 100, name: "listener")
                .WithLink($"/proc/{id}/ns/net", id == 12 ? "net:[999]" : "net:[4026531840]")
                .WithNumbers($"/proc/{id}/fd", id == 13 ? null : [0, 3, 4, 5]);
        }

        return files
            .WithLink("/proc/10/fd/0", "/dev/null").WithLink("/proc/10/fd/3", "socket:[41001]").WithLink("/proc/10/fd/4", "socket:[41003]")
            .WithLink("/proc/10/fd/5", "socket:[55555]") // a connection
            .WithLink("/proc/11/fd/3", "pipe:[41001]");
    }

    private static void AssertFindsThisProcess(ProcessDiscovery discovery)
    {
        IReadOnlyList<ProcessInfo> processes = discovery.Discover();
        using Process me = Process.GetCurrentProcess();

        ProcessInfo found = Assert.Single(processes, process => process.IsCurrent);
        Assert.Equal(Environment.ProcessId, found.Id);
        Assert.Equal(processes.OrderBy(process => process.Id), processes);
        Assert.InRange((double)found.WorkingSetBytes!.Value, 0.5 * me.WorkingSet64, 2.0 * me.WorkingSet64);
        Assert.InRange((found.StartedAt!.Value - me.StartTime).TotalSeconds, -5, 5);
        Assert.InRange((found.CpuTime!.Value - me.TotalProcessorTime).TotalSeconds, -1, 1);
        Assert.True(found.ThreadCount > 0);
        if (OperatingSystem.IsLinux()) Assert.Contains(processes, process => process.Id == 1 && process.ParentId is null);
    }
}

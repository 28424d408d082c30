namespace PerfKit.Sampling.Tests;

public sealed class LinuxProcessReaderTests
{
    [Fact]
    public void Read_recordedProcess_givesEveryFigure()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxProcessReader(FakeFiles.Linux(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(24811L * Environment.SystemPageSize, reading.WorkingSetBytes);
        Assert.Equal(23, reading.ThreadCount);
        Assert.Equal(61, reading.OpenFileCount);
        Assert.Equal((323934931, 323929600, 632687 + 632675), (reading.IoReadBytes, reading.IoWrittenBytes, reading.IoOperations));
        Assert.Equal((4096, 323932160), (reading.StorageReadBytes, reading.StorageWrittenBytes));
        if (OperatingSystem.IsLinux()) Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_ioForbidden_givesTheRest()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxProcessReader(FakeFiles.Linux().Forbidden("/proc/self/io"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.IoReadBytes);
        Assert.Null(reading.StorageWrittenBytes);
        Assert.Equal(23, reading.ThreadCount);
        Assert.Contains(
            unavailable.All, figure => figure.Figure == "IoReadBytes, IoWrittenBytes, IoOperations, StorageReadBytes, StorageWrittenBytes");
    }

    [Fact]
    public void Read_kernelThatDoesNotCountOpenFiles_listsThemNowAndThen()
    {
        FakeFiles files = FakeFiles.Linux().WithStatus("/proc/self/fd", size: 0).WithNumbers("/proc/self/fd", 0, 1, 2, 7);
        using var reader = new LinuxProcessReader(files, new UnavailableFigures());
        ResourceReading reading = default;

        for (int i = 0; i < LinuxProcessReader.SamplesBetweenLists; i++) reader.Read(ref reading);
        Assert.Equal(3, reading.OpenFileCount); // one of the four lists the others
        Assert.Single(files.Listed);

        files.WithNumbers("/proc/self/fd", null);
        reader.Read(ref reading);
        Assert.Null(reading.OpenFileCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)] // a folder without subfolders: a kernel, or a sandbox, that does not count them
    public void Read_threadsNotCounted_areMissing(long links)
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxProcessReader(FakeFiles.Linux().WithStatus("/proc/self/task", links), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.ThreadCount);
        Assert.Contains(unavailable.All, figure => figure.Figure == "ThreadCount");
    }

    [Fact]
    public void Read_twoHundredTimes_opensEachFileOnce()
    {
        FakeFiles files = FakeFiles.Linux();
        using var reader = new LinuxProcessReader(files, new UnavailableFigures());
        ResourceReading reading = default;

        for (int i = 0; i < 200; i++) reader.Read(ref reading);
        Assert.Equal(files.Opened.Distinct(), files.Opened);
    }

    [Fact]
    public void Read_fileThatStopsBeingReadable_isClosedAndNoted()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = FakeFiles.Linux();
        using var reader = new LinuxProcessReader(files, unavailable);
        ResourceReading reading = default;
        reader.Read(ref reading);
        int open = files.StillOpen;
        files.Without("/proc/self/statm");

        ResourceReading later = default;
        reader.Read(ref later);

        Assert.Null(later.WorkingSetBytes);
        Assert.Equal(open - 1, files.StillOpen);
        Assert.Contains(unavailable.All, figure => figure.Figure == "WorkingSetBytes");
    }

    [Fact]
    public void ResourceUsage_ofThisProcess_grows()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(ResourceUsage.TryRead(out ResourceUsage before));
        using var done = new ManualResetEventSlim();
        var thread = new Thread(done.Set);
        thread.Start();
        thread.Join();
        done.Wait(TimeSpan.FromSeconds(30));

        Assert.True(ResourceUsage.TryRead(out ResourceUsage after));
        Assert.True(after.Voluntary + after.Involuntary > 0);
        Assert.True(after.Voluntary >= before.Voluntary && after.Involuntary >= before.Involuntary);
        Assert.True(after.UserTime + after.KernelTime > before.UserTime + before.KernelTime);
    }

    [Fact]
    public void Read_thisProcess_agreesWithItsStat()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var reader = new LinuxProcessReader(new LinuxFiles(), new UnavailableFigures());
        ResourceReading reading = default;
        reader.Read(ref reading);

        Assert.True(ProcPidStat.TryParse(new LinuxFiles().ReadStart("/proc/self/stat", new byte[4096]), out ProcPidStat stat));
        Assert.InRange(reading.ThreadCount!.Value, stat.Threads - 5, stat.Threads + 5);
        Assert.InRange(reading.WorkingSetBytes!.Value, 0.8 * stat.ResidentPages * Environment.SystemPageSize, 1.2 * stat.ResidentPages * Environment.SystemPageSize);
        Assert.InRange((stat.CpuTime - reading.CpuTime!.Value).TotalSeconds, -0.5, 0.5);
        Assert.InRange(reading.OpenFileCount!.Value, 3, 100_000);
    }
}

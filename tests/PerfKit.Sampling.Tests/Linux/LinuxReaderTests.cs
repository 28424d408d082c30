namespace PerfKit.Sampling.Tests;

public sealed class LinuxReaderTests
{
    [Fact]
    public void Read_recordedMachine_givesEveryFigure()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxReader(FakeFiles.Linux(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(
            new ResourceReading
            {
                WorkingSetBytes = 24811L * Environment.SystemPageSize,
                ThreadCount = 23,
                IoReadBytes = 323934931,
                IoWrittenBytes = 323929600,
                IoOperations = 632687 + 632675,
                StorageReadBytes = 4096,
                StorageWrittenBytes = 323932160,
                MachineCpu = new MachineCpuTicks(13532938, 60378104),
                MachineAvailableMemoryBytes = 9312044L * 1024,
                MachineMemoryPercent = 100.0 * (16326424 - 9312044) / 16326424,
                MachineSwapUsedBytes = (2097148L - 1998844) * 1024,
                QuotaCores = 1.5,
            },
            reading);
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_ioForbidden_givesTheRest()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxReader(FakeFiles.Linux().Without("/proc/self/io"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.IoReadBytes);
        Assert.Null(reading.StorageWrittenBytes);
        Assert.Equal(23, reading.ThreadCount);
        Assert.Equal(
            "IoReadBytes, IoWrittenBytes, IoOperations, StorageReadBytes, StorageWrittenBytes", Assert.Single(unavailable.All).Figure);
    }

    [Fact]
    public void Read_twoHundredTimes_opensEachFileOnce()
    {
        FakeFiles files = FakeFiles.Linux();
        using var reader = new LinuxReader(files, new UnavailableFigures());
        ResourceReading reading = default;

        for (int i = 0; i < 200; i++) reader.Read(ref reading);
        Assert.Equal(files.Opened.Distinct(), files.Opened);
    }

    [Fact]
    public void Read_missingFile_isTriedAgainEverySixtySamplesAndNotedOnce()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = FakeFiles.Linux().Without("/proc/meminfo");
        using var reader = new LinuxReader(files, unavailable);
        ResourceReading reading = default;

        for (int i = 0; i < 1 + (2 * KeptFile.RetryAfter); i++) reader.Read(ref reading);
        Assert.Equal(3, files.Opened.Count(path => path == "/proc/meminfo"));
        Assert.Equal("MachineAvailableMemoryBytes, MachineMemoryPercent, MachineSwapUsedBytes", Assert.Single(unavailable.All).Figure);

        files.With("/proc/meminfo", RecordedFile.Read("meminfo.linux-4.19-composed"));
        for (int i = 0; i < KeptFile.RetryAfter; i++) reader.Read(ref reading);
        Assert.Equal(9312044L * 1024, reading.MachineAvailableMemoryBytes);
    }

    [Fact]
    public void Read_fileThatStopsBeingReadable_isClosedAndNoted()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = FakeFiles.Linux();
        using var reader = new LinuxReader(files, unavailable);
        ResourceReading reading = default;
        reader.Read(ref reading);
        int open = files.StillOpen;
        files.Without("/proc/self/stat");

        ResourceReading later = default;
        reader.Read(ref later);

        Assert.Null(later.WorkingSetBytes);
        Assert.Equal(open - 1, files.StillOpen);
        Assert.Equal("WorkingSetBytes, ThreadCount", Assert.Single(unavailable.All).Figure);
    }
}

namespace PerfKit.Sampling.Tests;

public sealed class LinuxMachineReaderTests
{
    [Fact]
    public void Read_recordedMachine_givesEveryFigure()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxMachineReader(FakeFiles.Linux(), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(
            new ResourceReading
            {
                MachineCpu = new MachineCpuTicks(13532938, 60378104),
                MachineAvailableMemoryBytes = 9312044L * 1024,
                MachineMemoryPercent = 100.0 * (16326424 - 9312044) / 16326424,
                MachineSwapUsedBytes = (2097148L - 1998844) * 1024,
                MachineLoad = 1.25,
                CpuPressure = new PressureStall(TimeSpan.FromMicroseconds(48213377), null),
                MemoryPressure = new PressureStall(TimeSpan.FromMicroseconds(881237611), TimeSpan.FromMicroseconds(611402913)),
                IoPressure = new PressureStall(TimeSpan.FromMicroseconds(881237611), TimeSpan.FromMicroseconds(611402913)),
                MachineDisks = new DiskCounters(512 * (40000 + 16000), 512 * (80000 + 24000), 1000 + 2000 + 500 + 700, TimeSpan.FromMilliseconds(3500 + 250)),
                MachineNetworks = new NetworkCounters(5000000, 2000000, 7000, 4, 9), // of the one with a device behind it
            },
            reading);
        Assert.Empty(unavailable.All);
    }

    [Fact]
    public void Read_kernelWithoutPressure_givesTheRest()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxMachineReader(
            FakeFiles.Linux().Without("/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.CpuPressure);
        Assert.Equal(1.25, reading.MachineLoad);
        Assert.Equal(3, unavailable.All.Count);
    }

    [Fact]
    public void Read_missingFile_isTriedAgainEverySixtySamplesAndNotedOnce()
    {
        var unavailable = new UnavailableFigures();
        FakeFiles files = FakeFiles.Linux().Without("/proc/meminfo");
        using var reader = new LinuxMachineReader(files, unavailable);
        ResourceReading reading = default;

        for (int i = 0; i < 1 + (2 * KeptFile.RetryAfter); i++) reader.Read(ref reading);
        Assert.Equal(3, files.Opened.Count(path => path == "/proc/meminfo"));
        Assert.Equal("MachineAvailableMemoryBytes, MachineMemoryPercent, MachineSwapUsedBytes", Assert.Single(unavailable.All).Figure);

        files.With("/proc/meminfo", RecordedFile.Read("meminfo.linux-4.19-composed"));
        for (int i = 0; i < KeptFile.RetryAfter; i++) reader.Read(ref reading);
        Assert.Equal(9312044L * 1024, reading.MachineAvailableMemoryBytes);
    }

    [Fact]
    public void Read_twoReadings_giveTheBusiestProcessor()
    {
        FakeFiles files = FakeFiles.Linux().With("/proc/stat", "cpu  0 0 0 300 0 0 0 0\ncpu0 0 0 0 100 0 0 0 0\ncpu1 0 0 0 100 0 0 0 0\ncpu7 0 0 0 100 0 0 0 0\n");
        using var reader = new LinuxMachineReader(files, new UnavailableFigures());
        ResourceReading first = default, second = default, third = default;

        reader.Read(ref first);
        files.With("/proc/stat", "cpu  100 0 0 500 0 0 0 0\ncpu0 10 0 0 190 0 0 0 0\ncpu1 0 0 0 200 0 0 0 0\ncpu7 90 0 0 110 0 0 0 0\n");
        reader.Read(ref second);
        reader.Read(ref third);

        Assert.Null(first.BusiestProcessorPercent);
        Assert.Equal(90.0, second.BusiestProcessorPercent);
        Assert.Null(third.BusiestProcessorPercent); // no tick has passed
    }

    [Fact]
    public void Read_moreProcessorsThanTheFirstBufferHolds_seesThemAll()
    {
        static string Stat(int busy) => "cpu  1 0 0 1 0 0 0 0\n" + string.Concat(Enumerable.Range(0, 500).Select(
            processor => $"cpu{processor} {(processor == 499 ? busy : 0)} 0 0 {1000 + (processor == 499 ? 0 : busy)} 0 0 0 0 0 0\n")) + "intr 1 2 3\n";
        FakeFiles files = FakeFiles.Linux().With("/proc/stat", Stat(100));
        using var reader = new LinuxMachineReader(files, new UnavailableFigures());
        ResourceReading reading = default;
        for (int i = 0; i < 5; i++) reader.Read(ref reading); // the buffer grows

        files.With("/proc/stat", Stat(200));
        reader.Read(ref reading);

        Assert.Equal(100.0, reading.BusiestProcessorPercent);
    }

    [Fact]
    public void Read_containerWithoutHardware_countsAllInterfacesButLoopback()
    {
        FakeFiles files = FakeFiles.Linux().Without("/sys/class/net/eth0/device");
        using var reader = new LinuxMachineReader(files, new UnavailableFigures());
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Equal(5000000 + 70000 + 70000, reading.MachineNetworks!.Value.ReceivedBytes);
    }

    [Fact]
    public void Read_noDisk_isNoFigureAndSaysWhy()
    {
        var unavailable = new UnavailableFigures();
        using var reader = new LinuxMachineReader(FakeFiles.Linux().Without("/sys/block/sda/device", "/sys/block/nvme0n1/device"), unavailable);
        ResourceReading reading = default;

        reader.Read(ref reading);

        Assert.Null(reading.MachineDisks);
        Assert.Contains("names no disk", Assert.Single(unavailable.All).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_often_asksOnceForEachDevice()
    {
        FakeFiles files = FakeFiles.Linux();
        using var reader = new LinuxMachineReader(files, new UnavailableFigures());
        ResourceReading reading = default;

        for (int i = 0; i < 100; i++) reader.Read(ref reading);
        Assert.Equal(files.Opened.Distinct(), files.Opened);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1.00 0.00 0.00 1/1 1\n")]
    [InlineData("nan 0.00 0.00 1/1 1\n")]
    [InlineData("1,25 0.00 0.00 1/1 1\n")]
    [InlineData("1.2")]
    public void LoadAverage_rubbish_isRefused(string text) => Assert.False(LoadAverage.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _));
}

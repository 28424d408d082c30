namespace PerfKit.Analysis.Tests;

public sealed class ThresholdsTests
{
    [Fact]
    public void Defaults_areTheMissionsAndValid()
    {
        var thresholds = new Thresholds();

        Assert.Empty(thresholds.Validate());
        Assert.Equal(80, thresholds.CpuPercent);
        Assert.Equal(1024L * 1024 * 1024, thresholds.MemoryBytes);
        Assert.Equal(TimeSpan.FromSeconds(5), thresholds.StartupSlow);
        Assert.Equal(100_000_000, thresholds.IoBytesPerSecond);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, true)]
    [InlineData(100, true)]
    [InlineData(100.001, false)]
    [InlineData(double.NaN, false)]
    public void Validate_ofCpuPercent_holdsAtItsBounds(double percent, bool isValid) =>
        Assert.Equal(isValid, new Thresholds { CpuPercent = percent }.Validate().Count == 0);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(86_400_000, true)]
    [InlineData(86_400_001, false)]
    public void Validate_ofStartupSlow_holdsAtItsBounds(int milliseconds, bool isValid) =>
        Assert.Equal(isValid, new Thresholds { StartupSlow = TimeSpan.FromMilliseconds(milliseconds) }.Validate().Count == 0);

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, true)]
    [InlineData(32_767, true)]
    [InlineData(32_767.001, false)]
    [InlineData(double.NaN, false)]
    public void Validate_ofWaitingThreads_holdsAtItsBounds(double threads, bool isValid)
    {
        Assert.Equal(isValid, new Thresholds { LockWaitThreads = threads }.Validate().Count == 0);
        Assert.Equal(isValid, new Thresholds { CpuWaitThreadsPerCore = threads }.Validate().Count == 0);
    }

    [Fact]
    public void Validate_ofACriticalLevelBelowItsWarning_namesFieldValueAndLimit()
    {
        var thresholds = new Thresholds
        {
            CpuPercentCritical = 70,
            MemoryBytesCritical = 5,
            StartupSlowCritical = TimeSpan.FromSeconds(1),
        };

        Assert.Equal(
            [
                "CpuPercentCritical is 70; allowed: CpuPercent (80) or more; above 0, up to 100.",
                "MemoryBytesCritical is 5; allowed: MemoryBytes (1073741824) or more; 1048576 or more.",
                "StartupSlowCritical is 00:00:01; allowed: StartupSlow (00:00:05) or more; 00:00:00.001 to 1.00:00:00.",
            ],
            thresholds.Validate());
    }

    [Fact]
    public void CriticalLevels_followTheirWarningLevels()
    {
        var thresholds = new Thresholds { CpuPercent = 60, StartupSlow = TimeSpan.FromSeconds(40) };

        Assert.Equal(80, thresholds.CpuCriticalPercent);
        Assert.Equal(80, thresholds.StartupCriticalSeconds);
        Assert.Empty(thresholds.Validate());
    }
}

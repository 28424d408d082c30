using Microsoft.Extensions.Options;
using PerfKit.Analysis;

namespace PerfKit.Tests;

public sealed class PerformanceAuditorOptionsTests
{
    [Fact]
    public void Defaults_areValid() => Assert.Empty(Errors(new PerformanceAuditorOptions()));

    [Fact]
    public void Validate_withEverythingWrong_saysAllOfItInOneMessage()
    {
        var options = new PerformanceAuditorOptions
        {
            ApplicationName = " ",
            SamplingInterval = TimeSpan.FromMilliseconds(9),
            SampleHistory = TimeSpan.Zero,
            CoarseHistory = TimeSpan.FromDays(8),
            AnalysisWindow = TimeSpan.FromDays(2),
            WaitWatching = (WaitWatching)3,
            WaitWatchDuration = TimeSpan.FromMilliseconds(999),
            AuditLogPath = "",
            AuditLogMaxBytes = 1,
            AuditLogKeptFiles = 101,
            OwnCpuPercent = 0,
            Thresholds = new Thresholds { CpuPercent = 180, StartupSlow = TimeSpan.Zero },
        };

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => new PerformanceAuditor(options));

        Assert.Equal(
            """
            PerfKit's options are not valid:
              ApplicationName is ' '; allowed: 1 to 256 characters, not all blank.
              SamplingInterval is 00:00:00.0090000; allowed: 00:00:00.0100000 to 00:10:00.
              SampleHistory is 00:00:00; allowed: 00:00:00.0180000 to 02:30:00.
              CoarseHistory is 8.00:00:00; allowed: 00:00:00 to 7.00:00:00.
              AnalysisWindow is 2.00:00:00; allowed: 00:00:01 to 1.00:00:00.
              WaitWatching is 3; allowed: OnDemand, OnBreach, DuringAudits.
              WaitWatchDuration is 00:00:00.9990000; allowed: 00:00:01 to 00:10:00.
              AuditLogPath is ''; allowed: a file's path (no folder), or nothing for no audit log.
              AuditLogMaxBytes is 1; allowed: 4096 (4 KiB) to 1073741824 (1 GiB).
              AuditLogKeptFiles is 101; allowed: 0 to 100.
              OwnCpuPercent is 0; allowed: above 0 up to 100, percent of one core.
              Thresholds.CpuPercent is 180; allowed: above 0, up to 100.
              Thresholds.StartupSlow is 00:00:00; allowed: 00:00:00.001 to 1.00:00:00.
            """,
            refused.Message, ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    public void Validate_ofTheSamplingInterval_holdsAtItsBounds(int milliseconds, bool isValid) => Assert.Equal(isValid, Errors(new PerformanceAuditorOptions
    {
        SamplingInterval = TimeSpan.FromMilliseconds(milliseconds),
        SampleHistory = TimeSpan.FromMinutes(30),
    }).Length == 0);

    [Theory]
    [InlineData(4_095, false)]
    [InlineData(4_096, true)]
    [InlineData(1L << 30, true)]
    [InlineData((1L << 30) + 1, false)]
    public void Validate_ofTheAuditLogsSize_holdsAtItsBounds(long bytes, bool isValid) =>
        Assert.Equal(isValid, Errors(new PerformanceAuditorOptions { AuditLogMaxBytes = bytes }).Length == 0);

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, true)]
    [InlineData(100, true)]
    [InlineData(100.1, false)]
    [InlineData(double.NaN, false)]
    public void Validate_ofTheCpuBudget_holdsAtItsBounds(double percent, bool isValid) =>
        Assert.Equal(isValid, Errors(new PerformanceAuditorOptions { OwnCpuPercent = percent }).Length == 0);

    private static string[] Errors(PerformanceAuditorOptions options) =>
        new PerformanceAuditorOptionsValidator().Validate(null, options).Failures?.ToArray() ?? [];
}

using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class SampleRecordingTests
{
    [Fact]
    public async Task Recording_savedAndReadAgain_isTheSame_andGivesTheSameAlerts()
    {
        using var folder = new TemporaryFolder();
        using var auditor = new PerformanceAuditor(new PerformanceAuditorOptions { DiskPaths = { AppContext.BaseDirectory } });
        for (int i = 0; i < 5; i++)
            auditor.Sampler.Sample();
        SampleRecording recording = SampleRecording.Of(auditor);
        string path = Path.Combine(folder.Path, "samples.json");

        await recording.SaveJsonAsync(path);
        SampleRecording read = SampleRecording.FromJson(await File.ReadAllTextAsync(path));

        Assert.Equal(5, read.Samples.Count);
        Assert.Equal(recording.Samples, read.Samples);
        AlertRule[] rules = [new AlertRule { Figure = "memory_usage_bytes", Warning = 1, Duration = TimeSpan.Zero }];
        Assert.Equal(AlertBackTest.Run(recording.Samples, rules).Alerts, AlertBackTest.Run(read.Samples, rules).Alerts);
    }

    [Fact]
    public void EveryFigureOfASample_survives()
    {
        var sample = new ResourceSample
        {
            Timestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)),
            Interval = TimeSpan.FromMilliseconds(1000.1),
            CpuPercent = 1 / 3.0,
            FullestDisk = new DiskSpace("/data", 9, 1),
            Generations = new HeapGenerations(1, 2, 3, 4, 5, 6, 7),
        };

        SampleRecording read = SampleRecording.FromJson(new SampleRecording { Application = "shop", Samples = [sample] }.ToJson());

        Assert.Equal(("shop", sample), (read.Application, Assert.Single(read.Samples)));
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("10.00:00:01")]
    [InlineData("-10675199.02:48:05.4775808")]
    [InlineData("10675199.02:48:05.4775807")]
    public void FromJson_ofAnIntervalOutOfRange_namesPlaceValueAndRange(string interval)
    {
        var sample = new ResourceSample { Timestamp = DateTimeOffset.UnixEpoch, Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture) };
        string json = new SampleRecording { Application = "shop", Samples = [sample with { Interval = null }, sample] }.ToJson();

        FormatException refused = Assert.Throws<FormatException>(() => SampleRecording.FromJson(json));

        Assert.Equal($"$.samples[1].interval is {interval}; allowed: 00:00:00 to 10.00:00:00.", refused.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "formatVersion": 9, "application": "shop", "samples": [] }""")]
    [InlineData("""{ "formatVersion": 1, "application": "shop" }""")]
    [InlineData("""{ "formatVersion": 1, "application": "shop", "samples": [ null ] }""")]
    public void FromJson_ofSomethingElse_isRefused(string json) => Assert.Throws<FormatException>(() => SampleRecording.FromJson(json));
}

using PerfKit.Instrumentation;

namespace PerfKit.Analysis.Tests;

public sealed class StartupSlowDetectorTests
{
    private readonly StartupSlowDetector _detector = new();
    private readonly Thresholds _thresholds = new() { StartupSlow = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData(1.999, 0)]
    [InlineData(2.0, 1)]
    public void Detect_atTheLimit_finds(double total, int expected)
    {
        Observations observations = Observed.Startup(total, Observed.Record(0, "database", 0, total));

        Assert.Equal(expected, _detector.Detect(observations, _thresholds).Count);
    }

    [Fact]
    public void Detect_namesTheServicesThatTheTimeWentTo()
    {
        Observations observations = Observed.Startup(10,
            Observed.Record(0, "host", 0, 10, self: 0.5),
            Observed.Record(1, "database", 0, 3, parent: 0),
            Observed.Record(2, "index", 3, 9, ServiceType.Optional, parent: 0),
            Observed.Record(3, "mail", 9, 9.5, parent: 0));

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, _thresholds);

        Assert.Equal(["database", "index"], found.Select(bottleneck => bottleneck.Service).Order());
        Bottleneck index = found.Single(bottleneck => bottleneck.Service == "index");
        Assert.Equal("Start-up waited 6.00 s of its 10.00 s for index (60 %).", index.Description);
        Evidence first = index.Evidence[0];
        Assert.Equal((10, 2), (first.Value, first.Limit!.Value));
        Assert.Equal(MeasureUnit.Seconds, first.Unit);
        Assert.True(index.ImpactScore > found.Single(bottleneck => bottleneck.Service == "database").ImpactScore);
    }

    [Fact]
    public void Detect_whenNoServiceStandsOut_namesTheApplication()
    {
        StartupRecord[] many = Enumerable.Range(0, 10).Select(i => Observed.Record(i, $"service {i}", i, i + 1)).ToArray();
        Observations observations = Observed.Startup(10, many);

        Bottleneck found = Assert.Single(_detector.Detect(observations, _thresholds));
        Assert.Equal(Observed.Application, found.Service);
        Assert.Null(_detector.Recommend(found, observations)!.Saving);
    }

    [Fact]
    public void Recommend_forAnOptionalService_predictsByReplayWithoutIt()
    {
        Observations observations = Observed.Startup(10,
            Observed.Record(0, "host", 0, 10, self: 2),
            Observed.Record(1, "index", 2, 8, ServiceType.Optional, parent: 0),
            Observed.Record(2, "cache", 2, 5, parent: 0), // beside the index; web came after both, so it still waits for this one
            Observed.Record(3, "web", 8, 10, parent: 0));

        Recommendation advice = Advice("index", observations);

        Assert.Equal(3, advice.Saving!.AtLeast, 1e-9);
        Assert.Equal(advice.Saving.AtLeast, advice.Saving.AtMost);
        Assert.Contains("first use", advice.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Recommend_forAnEssentialService_neverProposesDeferral()
    {
        Observations observations = Observed.Startup(10, Observed.Record(0, "database", 0, 10));

        Recommendation advice = Advice("database", observations);

        Assert.Equal((0, 10), (advice.Saving!.AtLeast, advice.Saving.AtMost));
        Assert.Contains("essential", advice.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Recommend_forABackgroundService_movesItBehindReady()
    {
        Observations observations = Observed.Startup(10, Observed.Record(0, "mail", 0, 10, ServiceType.Background));

        Assert.Contains("after the application is ready", Advice("mail", observations).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_ofAServiceBesideTheCriticalPath_doesNotAccuseIt()
    {
        // Both begin with start-up; the index is long, but the database is longer.
        Observations observations = Observed.Startup(10,
            Observed.Record(0, "database", 0, 10),
            Observed.Record(1, "index", 0, 9, ServiceType.Optional));

        Assert.Equal("database", Assert.Single(_detector.Detect(observations, _thresholds)).Service);
    }

    private Recommendation Advice(string service, Observations observations)
    {
        Bottleneck found = _detector.Detect(observations, _thresholds).Single(bottleneck => bottleneck.Service == service);
        return _detector.Recommend(found, observations)!;
    }
}

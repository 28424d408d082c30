using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class ResourceContentionDetectorTests
{
    private readonly ResourceContentionDetector _detector = new();

    [Theory]
    [InlineData(0.49, 0)]
    [InlineData(0.5, 1)]
    public void Detect_atTheLimitOfThreadsThatWaitForALock_finds(double threads, int expected)
    {
        Observations observations = Locks(threads);

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck => Assert.NotNull(_detector.Recommend(bottleneck, observations)));
    }

    [Fact]
    public void Detect_ofALock_namesWhoWaitedMost_withRateAndMeanWait()
    {
        Observations observations = Locks(3).WaitedForLocks(("prices", 0.2), ("orders", 0.8));

        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));

        Assert.Equal(("orders", BottleneckType.ResourceContention), (found.Service, found.Type));
        Assert.Contains(found.Evidence, evidence => evidence is { Unit: MeasureUnit.CountPerSecond, Value: 12 });
        Assert.Contains(found.Evidence, evidence => evidence is { Unit: MeasureUnit.Seconds, Value: 0.25 });
        Assert.Equal(2.4, _detector.Recommend(found, observations)!.Saving!.AtMost, 1e-9);
    }

    [Theory]
    [InlineData("prices", 50, "Hold locks shorter in prices, for which orders waits")]
    [InlineData("prices", 49, "Hold locks shorter in orders")]
    [InlineData("orders", 90, "Hold locks shorter in orders")]
    [InlineData("(unattributed)", 90, "Hold locks shorter in orders")]
    public void Recommend_whereWaitsWereWatched_namesTheServiceThatHeldTheLockForHalfOfThem(string holder, int percent, string title)
    {
        Observations observations = Locks(3).WaitedForLocks(("prices", 0.2), ("orders", 0.8)) with
        {
            LockBlames =
            [
                new("orders", holder, TimeSpan.FromSeconds(percent)), new("orders", "(unknown)", TimeSpan.FromSeconds(100 - percent)),
                new("prices", "orders", TimeSpan.FromSeconds(500)),
            ],
        };

        Recommendation advice = _detector.Recommend(Assert.Single(_detector.Detect(observations, new Thresholds())), observations)!;

        Assert.Equal(("orders", title), (advice.Service, advice.Title));
        Assert.Equal(percent >= 50 && holder[0] != '(', advice.Actions[0].Contains($"{percent} % was for {holder}", StringComparison.Ordinal));
    }

    [Fact]
    public void Detect_ofALock_ofWhichNoServiceDidAThirdOfTheWaiting_accusesNone()
    {
        Observations observations = Locks(3).WaitedForLocks(("orders", 0.3), ("prices", 0.3), ("quotes", 0.3));

        Assert.Equal(Observed.Application, Assert.Single(_detector.Detect(observations, new Thresholds())).Service);
    }

    [Fact]
    public void Detect_ofSyncOverAsync_isNotContention() => Assert.Empty(_detector.Detect(
        Observed.Samples(_ => new ResourceSample { LockWaitThreads = 0.01, LockContentionsPerSecond = 80 })
            .With(new ServiceUsage { Service = "quotes", Blocked = TimeSpan.FromSeconds(70) }), new Thresholds()));

    [Theory]
    [InlineData(4.9, 0)]
    [InlineData(5.0, 1)]
    public void Detect_ofServicesThatCompeteForTheCpus_findsAtTheLimit(double queuedSeconds, int expected)
    {
        Observations observations = Cpus(95, 99, Wants("thumbnails", 11, queuedSeconds), Wants("search", 8, 5));

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck => Assert.Equal("thumbnails", bottleneck.Service));
        Assert.All(found, bottleneck => Assert.NotNull(_detector.Recommend(bottleneck, observations)));
    }

    [Fact]
    public void Detect_ofPressureFromOtherProcesses_accusesNobodyAndSaysWhy()
    {
        Observations observations = Cpus(40, 99, Wants("thumbnails", 4, 20), Wants("search", 4, 20));

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
        Explanation explanation = _detector.Explain(observations, new Thresholds());
        Assert.Equal(RuleOutcome.NotFound, explanation.Outcome);
        Assert.Contains("others of the machine", explanation.Reason, StringComparison.Ordinal);
        Assert.Contains(explanation.Seen, evidence => evidence is { Measure: "CPU of the machine (median)", Value: 99 });
        Assert.Contains(explanation.Seen, evidence => evidence is { Value: 70, Unit: MeasureUnit.Percent });
    }

    [Fact]
    public void Detect_ofAServiceThatCompetesWithItself_findsNothing()
    {
        Observations observations = Cpus(99, 99, Wants("thumbnails", 19, 40), Wants("search", 1, 1));

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
        Assert.Contains("only thumbnails", _detector.Explain(observations, new Thresholds()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_ofBoth_findsBoth()
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { LockWaitThreads = 2, LockContentionsPerSecond = 50, CpuPercent = 95, AvailableCores = 2 })
            .With(Wants("thumbnails", 10, 10), Wants("search", 9, 9));

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal([true, false], found.Select(LockContention.IsOfLock));
    }

    [Fact]
    public void Explain_withoutFigures_saysWhatIsMissing()
    {
        Observations unheard = Observed.Samples(_ => new ResourceSample { LockContentionsPerSecond = 4_000 });
        Observations frozen = Locks(3);
        frozen = frozen with { Samples = [.. frozen.Samples, new ResourceSample { Interval = TimeSpan.FromSeconds(6) }] };

        Assert.Equal(RuleOutcome.NotEnoughData, _detector.Explain(unheard, new Thresholds()).Outcome);
        Assert.Contains("stood still", _detector.Explain(frozen, new Thresholds()).Reason, StringComparison.Ordinal);
    }

    private static Observations Locks(double threads) =>
        Observed.Samples(_ => new ResourceSample { LockWaitThreads = threads, LockContentionsPerSecond = threads * 4 });

    private static Observations Cpus(double process, double machine, params ServiceUsage[] usage) => Observed
        .Samples(_ => new ResourceSample { LockWaitThreads = 0, CpuPercent = process, MachineCpuPercent = machine, CpuPressurePercent = 70, AvailableCores = 2 })
        .With(usage);

    private static ServiceUsage Wants(string service, double cpuSeconds, double queuedSeconds) => new()
    {
        Service = service,
        Cpu = TimeSpan.FromSeconds(cpuSeconds),
        QueuedForCpu = TimeSpan.FromSeconds(queuedSeconds),
    };
}

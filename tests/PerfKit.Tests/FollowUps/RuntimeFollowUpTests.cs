using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class RuntimeFollowUpTests
{
    [Theory]
    [InlineData(0.1, FollowUpVerdict.Achieved)]
    [InlineData(2, FollowUpVerdict.PartlyAchieved)]
    [InlineData(3, FollowUpVerdict.NoEffect)]
    [InlineData(5, FollowUpVerdict.Worse)]
    public async Task Verify_ofASampledFigure_tellsAchievedBesideExpected(double after, FollowUpVerdict expected)
    {
        RecommendationFollowUp followUp = await Verify(Locks, Sampled(3), Sampled(after));

        Assert.Equal(expected, followUp.Verdict);
        Assert.Equal((0.95, Locks.Saving), (followUp.Confidence, followUp.Predicted));
        Assert.Equal((3 - after) / 2.5, followUp.AchievedShare!.Value, 0.05);
        Assert.Contains("0.5 was expected", followUp.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ofAChangeWithinNoise_claimsNothing()
    {
        RecommendationFollowUp followUp = await Verify(Locks, Sampled(3, noise: 2.5), Sampled(2.8, noise: 2.5));

        Assert.Equal(FollowUpVerdict.NoEffect, followUp.Verdict);
    }

    [Theory]
    [InlineData(16, 5, FollowUpVerdict.Achieved)]
    [InlineData(16, 15, FollowUpVerdict.NoEffect)] // less than a tenth, and no noise is known
    [InlineData(16, 20, FollowUpVerdict.Worse)]
    public async Task Verify_ofAFigureOfTheWindow_saysThatNoiseIsUnknown(double before, double after, FollowUpVerdict expected)
    {
        RecommendationFollowUp followUp = await Verify(Cpu, Used(before), Used(after));

        Assert.Equal(expected, followUp.Verdict);
        Assert.Null(followUp.Confidence);
        Assert.Equal((before - after) / 10, followUp.Achieved!.Value, 1e-9);
        Assert.Contains("noise is not known", followUp.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 500, FollowUpVerdict.CannotTell)] // half of the work: no wonder
    [InlineData(5, 1_000, FollowUpVerdict.Achieved)]
    [InlineData(5, 2_000, FollowUpVerdict.Achieved)] // although there is more to do
    [InlineData(16, 2_000, FollowUpVerdict.CannotTell)]
    public async Task Verify_underAnotherLoad_claimsOnlyWhatTheLoadDoesNotExplain(double after, long entries, FollowUpVerdict expected) =>
        Assert.Equal(expected, (await Verify(Cpu, Used(16, entries: 1_000), Used(after, entries))).Verdict);

    [Fact]
    public async Task Verify_withoutTheFigure_orOfAnotherMachine_cannotTell()
    {
        RuntimeReport unsampled = Sampled(1) with { Samples = [] };
        RuntimeReport elsewhere = Sampled(0.1) with { Machine = Reports.Runtime.Machine with { ProcessorCount = 64 } };

        RecommendationFollowUp missing = await Verify(Locks, Sampled(3), unsampled);
        Assert.Equal((FollowUpVerdict.CannotTell, true), (missing.Verdict, missing.Reason.EndsWith("is not in the report after.", StringComparison.Ordinal)));
        Assert.Equal(FollowUpVerdict.CannotTell, (await Verify(Locks, Sampled(3), elsewhere)).Verdict);
        Assert.Equal(FollowUpVerdict.CannotTell, (await Verify(Locks with { Expected = null }, Sampled(3), Sampled(0.1))).Verdict);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public async Task Verify_ofAdviceThatExpectsNoGain_cannotTell(double expected)
    {
        RecommendationFollowUp followUp = await Verify(Advice(Locks.Expected!.Figure, null, MeasureUnit.Count, 3, expected), Sampled(3, noise: 0), Sampled(0.1));

        Assert.Equal((FollowUpVerdict.CannotTell, null), (followUp.Verdict, followUp.AchievedShare));
        Assert.Contains("no gain", followUp.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ofReportsThatCannotBeCompared_namesWhatIsWrong()
    {
        using var auditor = new PerformanceAuditor();
        RuntimeReport one = Sampled(3) with { Application = "shop" }, other = Sampled(1) with { Application = "mail" };

        ArgumentException mixed = Refused(Locks, one, other);
        Assert.Contains("'shop'", mixed.Message, StringComparison.Ordinal);
        Assert.Contains("'mail'", mixed.Message, StringComparison.Ordinal);
        Assert.StartsWith("after.Machine is null", Refused(Locks, one, one with { Machine = null! }).Message, StringComparison.Ordinal);
        Recommendation nameless = Locks with { Expected = Locks.Expected! with { Figure = null! } };
        Assert.StartsWith("recommendation.Expected.Figure is null", Refused(nameless, one, one).Message, StringComparison.Ordinal);

        ArgumentException Refused(Recommendation advice, RuntimeReport before, RuntimeReport after) =>
            Assert.Throws<ArgumentException>(() => { _ = auditor.VerifyAsync(advice, before, after); });
    }

    private static Recommendation Locks { get; } = Advice("threads that wait for a lock, on average", null, MeasureUnit.Count, 3, 0.5);

    private static Recommendation Cpu { get; } = Advice("CPU used by the service", "orders", MeasureUnit.Cores, 1.6, 0.8);

    private static Recommendation Advice(string figure, string? of, MeasureUnit unit, double before, double expected) => new()
    {
        Rule = Rule.ResourceContention, Service = "orders", Title = "mend", Actions = ["do"], Basis = "b", Verification = "v", Evidence = [new Evidence("e", 1, unit)],
        Saving = new PredictedSaving(0, before, unit, "it"),
        Expected = new ExpectedFigure { Figure = figure, Of = of, Unit = unit, Before = before, Expected = expected },
    };

    private static async Task<RecommendationFollowUp> Verify(Recommendation advice, RuntimeReport before, RuntimeReport after)
    {
        using var auditor = new PerformanceAuditor();
        return await auditor.VerifyAsync(advice, RuntimeReport.FromJson(before.ToJson()), RuntimeReport.FromJson(after.ToJson()));
    }

    private static RuntimeReport Sampled(double threads, double noise = 0.05) => Reports.Runtime with
    {
        Operations = [],
        Usage = [],
        Samples = [.. Enumerable.Range(0, 20).Select(i => new ResourceSample { Interval = TimeSpan.FromSeconds(1), LockWaitThreads = threads + (noise * Math.Sin(i * 12.9898)) })],
    };

    private static RuntimeReport Used(double cpuSeconds, long entries = 10) => Reports.Runtime with
    {
        Operations = [],
        Duration = TimeSpan.FromSeconds(10),
        Usage = [new ServiceUsage { Service = "orders", Entries = entries, Cpu = TimeSpan.FromSeconds(cpuSeconds) }],
    };
}

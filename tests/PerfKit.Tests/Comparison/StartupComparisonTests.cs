using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Storage;

namespace PerfKit.Tests;

public sealed class StartupComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_onePair_saysThatNoiseIsUnknown()
    {
        var comparison = StartupComparison.Of(await Plain(0), await Improved(0));

        Assert.Equal(StartupVerdict.NoiseUnknown, comparison.Total.Verdict);
        Assert.Null(comparison.Total.Confidence);
        Assert.Equal(TimeSpan.FromMilliseconds(380), comparison.AchievedSaving);
        Assert.Contains("Noise is unknown", comparison.ToDocument().Render(ReportRenderers.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_advicesThatWereFollowed_statesPredictedBesideAchieved()
    {
        var comparison = StartupComparison.Of(await Plain(0), await Improved(0));

        StartupFollowUp index = FollowUp(comparison, StartupChangeKind.Defer);
        Assert.Equal((StartupFollowed.Yes, "not started before ready"), (index.Followed, index.Sign));
        Assert.Equal((300, 300), (index.Predicted.TotalMilliseconds, index.Achieved!.Value.TotalMilliseconds));
        StartupFollowUp group = FollowUp(comparison, StartupChangeKind.Parallel);
        Assert.Equal((StartupFollowed.Yes, "started together"), (group.Followed, group.Sign));
        Assert.Equal((80, 80), (group.Predicted.TotalMilliseconds, group.Achieved!.Value.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromMilliseconds(380), comparison.PredictedSaving);
        Assert.Equal(comparison.PredictedSaving, comparison.AchievedSaving);
        string text = comparison.ToDocument().Render(ReportRenderers.Markdown);
        Assert.Contains("Start database and keys together", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ofAStart_tellsAchievedBesidePredicted_orThatItWasNotFollowed()
    {
        using var auditor = new PerformanceAuditor();
        StartupReport before = await Plain(0), after = await Improved(0);

        Assert.All(before.Recommendations, advice => Assert.Equal(("start-up time", before.TotalStartupTime.TotalSeconds), (advice.Expected!.Figure, advice.Expected.Before)));
        foreach (Recommendation advice in before.Recommendations.Where(advice => advice.Changes[0].Kind is StartupChangeKind.Defer or StartupChangeKind.Parallel))
        {
            RecommendationFollowUp followed = await auditor.VerifyAsync(advice, before, after);
            Assert.Equal((FollowUpVerdict.Achieved, advice.Saving!.AtMost, 1.0), (followed.Verdict, Math.Round(followed.Achieved!.Value, 6), Math.Round(followed.AchievedShare!.Value, 6)));
            Assert.Null(followed.Confidence);
            Assert.Equal(FollowUpVerdict.NotFollowed, (await auditor.VerifyAsync(advice, before, before)).Verdict);
            Assert.Equal(0.95, (await auditor.VerifyAsync(advice, [before, before, before, before], [after, after, after, after])).Confidence);
            Assert.Equal(FollowUpVerdict.CannotTell, (await auditor.VerifyAsync(advice with { Title = "Pray" }, before, after)).Verdict);
        }
    }

    [Fact]
    public async Task Verify_ofStartsThatCannotBeCompared_namesWhatIsWrong()
    {
        using var auditor = new PerformanceAuditor();
        StartupReport before = await Plain(0), after = await Improved(0);
        Recommendation advice = before.Recommendations.First(advice => advice.Changes[0].Kind is StartupChangeKind.Defer);

        ArgumentException mixed = Assert.Throws<ArgumentException>(() => { _ = auditor.VerifyAsync(advice, before, after with { Application = "mail" }); });
        Assert.Contains($"'{before.Application}' and 'mail'", mixed.Message, StringComparison.Ordinal);
        Assert.StartsWith("after[0] is null", Assert.Throws<ArgumentException>(() => { _ = auditor.VerifyAsync(advice, [before], [null!]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("before", () => { _ = auditor.VerifyAsync(advice, (StartupReport)null!, after); });
        Assert.StartsWith("before[0].Machine", Assert.Throws<ArgumentException>(() => { _ = auditor.VerifyAsync(advice, before with { Machine = null! }, after); }).Message, StringComparison.Ordinal);

        Recommendation hopeless = advice with { Expected = advice.Expected! with { Expected = advice.Expected.Before } };
        Assert.Equal(FollowUpVerdict.CannotTell, (await auditor.VerifyAsync(hopeless, before, after)).Verdict);
    }

    [Fact]
    public async Task Of_servicesBuiltEarlyAndStartedLater_looksAtWhereTheyStarted()
    {
        static void Build(StartupTracker tracker, ManualClock clock)
        {
            foreach (string name in (string[])["database", "keys"])
                Timed(tracker, clock, name, 1);
            Timed(tracker, clock, "configuration", 10);
        }

        StartupReport before = await Report((tracker, clock) =>
        {
            Build(tracker, clock);
            Timed(tracker, clock, "database", 100);
            Timed(tracker, clock, "keys", 80);
        });
        StartupReport after = await Report((tracker, clock) =>
        {
            Build(tracker, clock);
            StartupScope database = InFlow(() => tracker.Begin("database"));
            clock.Advance(20);
            StartupScope keys = InFlow(() => tracker.Begin("keys"));
            clock.Advance(80);
            keys.Dispose();
            database.Dispose();
        });

        StartupFollowUp group = FollowUp(StartupComparison.Of(before, after), StartupChangeKind.Parallel);

        Assert.Equal((StartupFollowed.Yes, "started together"), (group.Followed, group.Sign));
    }

    [Fact]
    public async Task Of_advicesThatWereNotFollowed_claimsNothing()
    {
        var comparison = StartupComparison.Of(await Plain(0), await Plain(1));

        Assert.NotEmpty(comparison.FollowUps);
        Assert.All(comparison.FollowUps, advice => Assert.Equal((StartupFollowed.No, null), (advice.Followed, advice.Achieved)));
        Assert.Null(comparison.PredictedSaving);
    }

    [Fact]
    public async Task Of_repeatedStarts_tellsAChangeFromNoise()
    {
        StartupReport[] before = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => Plain(i * 2)));
        StartupReport[] again = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => Plain((i * 2) + 1)));
        StartupReport[] after = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => Improved(i * 2)));

        StartupComparison same = StartupComparison.Of(before, again), better = StartupComparison.Of(before, after);

        Assert.Equal((StartupVerdict.Alike, 0.95), (same.Total.Verdict, same.Total.Confidence));
        Assert.True(same.Total.ChangeLow < TimeSpan.Zero && same.Total.ChangeHigh > TimeSpan.Zero);
        Assert.Equal(StartupVerdict.Faster, better.Total.Verdict);
        Assert.True(better.Total.ChangeLow <= better.Total.Change && better.Total.Change <= better.Total.ChangeHigh && better.Total.ChangeHigh < TimeSpan.Zero);
        Assert.Equal(StartupVerdict.Slower, StartupComparison.Of(after, before).Total.Verdict);
        Assert.Equal(StartupVerdict.Gone, better.Services.Single(service => service.Service == "index").OwnTime.Verdict);
        Assert.Equal(StartupVerdict.New, StartupComparison.Of(after, before).Services.Single(service => service.Service == "index").OwnTime.Verdict);
    }

    [Fact]
    public async Task Of_threeStartsASide_boundsTheChangeAtNinetyPercent()
    {
        StartupReport[] before = await Task.WhenAll(Enumerable.Range(0, 3).Select(Plain)), after = await Task.WhenAll(Enumerable.Range(0, 3).Select(Improved));

        Assert.Equal((0.9, StartupVerdict.Faster), (StartupComparison.Of(before, after).Total.Confidence, StartupComparison.Of(before, after).Total.Verdict));
        Assert.Null(StartupComparison.Of(before[..2], after).Total.Confidence);
    }

    [Fact]
    public async Task Of_storedRuns_saysTheSameAsTheReportsTheyWereMadeOf()
    {
        StartupReport before = await Plain(0), after = await Improved(0);

        var comparison = StartupComparison.Of([Stored(before)], [Stored(after)]);

        StartupComparison ofReports = StartupComparison.Of(before, after);
        Assert.Equal(ofReports.Total, comparison.Total);
        Assert.Equal(ofReports.Services, comparison.Services);
        Assert.Equal(
            ofReports.FollowUps.Select(advice => (advice.Change.Kind, advice.Followed, advice.Predicted, advice.Achieved)).Order(),
            comparison.FollowUps.Select(advice => (advice.Change.Kind, advice.Followed, advice.Predicted, advice.Achieved)).Order());
        Assert.Null(comparison.PredictedSaving); // two were followed, and a stored start cannot be replayed
    }

    [Fact]
    public async Task ReadAsync_ofFiles_comparesThem()
    {
        await (await Plain(0)).SaveJsonAsync(_folder["before.json"]);
        await (await Improved(0)).SaveJsonAsync(_folder["after.json"]);

        StartupComparison comparison = await StartupComparison.ReadAsync([_folder["before.json"]], [_folder["after.json"]]);

        Assert.Equal(TimeSpan.FromMilliseconds(380), comparison.AchievedSaving);
        Assert.Equal(comparison.PredictedSaving, comparison.AchievedSaving);
        string json = comparison.ToJson();
        Assert.Equal(json, StartupComparison.FromJson(json).ToJson());
    }

    [Fact]
    public async Task ReadAsync_ofAFileThatIsNoReport_namesTheFileThePlaceAndWhatIsAllowed()
    {
        await (await Plain(0)).SaveJsonAsync(_folder["good.json"]);
        string json = await File.ReadAllTextAsync(_folder["good.json"]);
        await File.WriteAllTextAsync(_folder["bad.json"], json.Replace("\"formatVersion\": 1", "\"formatVersion\": 7", StringComparison.Ordinal));

        FormatException refused = await Assert.ThrowsAsync<FormatException>(() => StartupComparison.ReadAsync([_folder["good.json"]], [_folder["bad.json"]]));

        Assert.Equal($"{_folder["bad.json"]}: $.formatVersion is 7; allowed: 1.", refused.Message);
    }

    [Fact]
    public void Of_anEmptySide_orRunsOfAnotherKind_isRefused()
    {
        Assert.Throws<ArgumentException>(() => StartupComparison.Of(Array.Empty<StartupReport>(), []));
        var run = new AuditRun
        {
            Id = Guid.NewGuid(), Application = "shop", Kind = AuditKind.Runtime, FinishedAt = DateTimeOffset.UnixEpoch, MachineFingerprint = "m", Metrics = [],
        };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => StartupComparison.Of([run], [run]));
        Assert.Contains("before[0].Kind is Runtime; allowed: Startup.", refused.Message, StringComparison.Ordinal);
        FormatException noTotal = Assert.Throws<FormatException>(() => StartupComparison.Of([run with { Kind = AuditKind.Startup }], [run]));
        Assert.Contains("'total start-up time'", noTotal.Message, StringComparison.Ordinal);
    }

    private static AuditRun Stored(StartupReport report) => new()
    {
        Id = Guid.NewGuid(),
        Application = report.Application,
        Kind = AuditKind.Startup,
        FinishedAt = report.CreatedAt,
        MachineFingerprint = report.Machine.Fingerprint,
        Metrics = StartupRun.Of(report).ToMetrics(report.Application),
    };

    private static StartupFollowUp FollowUp(StartupComparison comparison, StartupChangeKind kind) =>
        comparison.FollowUps.Single(advice => advice.Change.Kind == kind);

    /// <summary>Four services one after the other; noise makes each start a little longer.</summary>
    private static Task<StartupReport> Plain(int noise) => Report((tracker, clock) =>
    {
        Timed(tracker, clock, "database", 100 + noise);
        Timed(tracker, clock, "keys", 80);
        Timed(tracker, clock, "index", 300, ServiceType.Optional);
        Timed(tracker, clock, "web", 20, needs: "database");
    });

    /// <summary>The index on first use, the database and the keys together.</summary>
    private static Task<StartupReport> Improved(int noise) => Report((tracker, clock) =>
    {
        StartupScope database = InFlow(() => tracker.Begin("database")), keys = InFlow(() => tracker.Begin("keys"));
        clock.Advance(80);
        keys.Dispose();
        clock.Advance(20 + noise);
        database.Dispose();
        Timed(tracker, clock, "web", 20, needs: "database");
    });

    private static StartupScope InFlow(Func<StartupScope> begin)
    {
        StartupScope? scope = null;
        ExecutionContext.Run(ExecutionContext.Capture()!, _ => scope = begin(), null);
        return scope!;
    }

    private static void Timed(StartupTracker tracker, ManualClock clock, string name, int milliseconds, ServiceType type = ServiceType.Essential, string? needs = null)
    {
        using StartupScope scope = tracker.Begin(name, type);
        if (needs is not null)
            scope.AddDependency(needs);
        clock.Advance(milliseconds);
    }

    private static async Task<StartupReport> Report(Action<StartupTracker, ManualClock> start)
    {
        await Task.Yield();
        var clock = new ManualClock();
        var tracker = new StartupTracker(clock);
        start(tracker, clock);
        tracker.MarkReady();
        using var auditor = new PerformanceAuditor(new PerformanceAuditorOptions { ApplicationName = "shop" }, new AuditorServices { Tracker = tracker });
        return await auditor.AuditStartupPerformanceAsync();
    }
}

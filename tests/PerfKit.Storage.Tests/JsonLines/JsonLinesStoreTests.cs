using System.Globalization;
using FsCheck;

namespace PerfKit.Storage.Tests;

public sealed class JsonLinesStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StorePath => _folder["runs.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AppendAsync_any_run_comes_back_from_a_new_instance_as_it_was() =>
        Prop.ForAll(Sample.Any(), run =>
        {
            string path = _folder[$"{run.Id:N}.jsonl"];
            new JsonLinesStore(path).AppendAsync(run).GetAwaiter().GetResult();

            AuditRun read = Assert.Single(new JsonLinesStore(path).QueryAsync(new RunQuery()).GetAwaiter().GetResult());
            return Sample.Text(read) == Sample.Text(run);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task AppendAsync_to_a_file_of_something_else_takes_nothing_away()
    {
        string[] log = [.. Enumerable.Range(0, 50).Select(line => $"12:00 line {line}")];
        await File.WriteAllLinesAsync(StorePath, log);

        await new JsonLinesStore(StorePath, maxRuns: 10).AppendAsync(Sample.Run());

        Assert.Equal(log, (await File.ReadAllLinesAsync(StorePath)).Take(log.Length));
        Assert.Single(await new JsonLinesStore(StorePath, maxRuns: 10).QueryAsync(new RunQuery()));
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.jsonl.lock")]
    [InlineData("link/runs.jsonl")]
    public async Task ExportAsync_to_a_file_of_its_own_is_refused_and_loses_nothing(string target)
    {
        Directory.CreateSymbolicLink(_folder["link"], Path.GetDirectoryName(StorePath)!);
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run());

        await Assert.ThrowsAsync<ArgumentException>(() => store.ExportAsync(_folder[target]));

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendAsync_missing_folder_is_created()
    {
        var store = new JsonLinesStore(Path.Combine(_folder["a"], "b", "runs.jsonl"));

        await store.AppendAsync(Sample.Run());

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendAsync_run_is_one_line_of_JSON_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            await new JsonLinesStore(StorePath).AppendAsync(Sample.Run());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(
            """{"id":"00000001-0001-0001-0000-000000000000","application":"shop","kind":"Startup","finishedAt":"2026-01-31T12:00:00+00:00","machineFingerprint":"linux-x64/2","metrics":[{"service":"search_index","metric":"startup.duration","value":1834.25,"unit":"ms","operation":""}],"commit":"4f1c2d","facts":{}}""" + "\n",
            await File.ReadAllTextAsync(StorePath));
    }

    [Fact]
    public async Task AppendAsync_run_that_breaks_a_rule_is_refused_and_leaves_no_trace()
    {
        AuditRun run = Sample.Run() with { Metrics = [new RunMetric("s", "m", double.NaN, "ms")] };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => new JsonLinesStore(StorePath).AppendAsync(run));

        Assert.StartsWith("run.metrics[0].value is NaN; allowed is a finite number.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task AppendAsync_canceled_before_it_begins_keeps_nothing()
    {
        var store = new JsonLinesStore(StorePath);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendAsync(Sample.Run(), new CancellationToken(canceled: true)));

        Assert.Empty(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendAsync_from_many_instances_at_once_keeps_every_run()
    {
        const int Instances = 8, Each = 25;

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => Task.Run(async () =>
        {
            var store = new JsonLinesStore(StorePath);
            for (int i = 0; i < Each; i++)
                await store.AppendAsync(Sample.Run(instance * Each + i));
        })));

        var reader = new JsonLinesStore(StorePath);
        IReadOnlyList<AuditRun> runs = await reader.QueryAsync(new RunQuery());
        Assert.Equal(Enumerable.Range(0, Instances * Each).Reverse().Select(i => Sample.Run(i).Id), runs.Select(run => run.Id));
        Assert.Equal(0, reader.SkippedLines);
    }

    [Fact]
    public async Task AppendAsync_from_many_instances_while_they_compact_keeps_the_newest()
    {
        const int Instances = 4, Each = 40, MaxRuns = 16;

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => Task.Run(async () =>
        {
            var store = new JsonLinesStore(StorePath, MaxRuns);
            for (int i = 0; i < Each; i++)
                await store.AppendAsync(Sample.Run(instance * Each + i));
        })));

        IReadOnlyList<AuditRun> runs = await new JsonLinesStore(StorePath, MaxRuns).QueryAsync(new RunQuery());
        Assert.Equal(Enumerable.Range(Instances * Each - MaxRuns, MaxRuns).Reverse().Select(i => Sample.Run(i).Id), runs.Select(run => run.Id));
    }

    [Fact]
    public async Task AppendAsync_beyond_MaxRuns_forgets_the_oldest_in_answers_at_once_and_in_the_file_soon()
    {
        var store = new JsonLinesStore(StorePath, maxRuns: 8);

        foreach (int minutes in (int[])[5, 3, 9, 1, 7, 2, 8, 4, 6])       // the ninth is one too many
            await store.AppendAsync(Sample.Run(minutes));

        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2], await MinutesOf(store, new RunQuery()));
        Assert.Equal(9, File.ReadLines(StorePath).Count());

        await store.AppendAsync(Sample.Run(10));

        Assert.Equal([10, 9, 8, 7, 6, 5, 4, 3], await MinutesOf(store, new RunQuery()));
        Assert.Equal(8, File.ReadLines(StorePath).Count());
        Assert.Equal(["runs.jsonl", "runs.jsonl.lock"], _folder.Names);
    }

    [Fact]
    public async Task AppendAsync_compaction_keeps_fields_that_only_a_newer_version_knows()
    {
        var store = new JsonLinesStore(StorePath, maxRuns: 1);
        await store.AppendAsync(Sample.Run(9));
        string newer = (await File.ReadAllTextAsync(StorePath)).Replace("\"commit\"", "\"branch\":\"main\",\"commit\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(StorePath, newer);

        await store.AppendAsync(Sample.Run(1));

        Assert.Equal(newer, await File.ReadAllTextAsync(StorePath));
    }

    [Fact]
    public async Task AppendAsync_while_another_holds_the_lock_waits_and_then_says_so()
    {
        var clock = new SkippingTimeProvider();
        using IDisposable held = await FileLock.AcquireAsync(StorePath + ".lock", clock, default);

        IOException error = await Assert.ThrowsAsync<IOException>(() => new JsonLinesStore(StorePath, timeProvider: clock).AppendAsync(Sample.Run()));

        Assert.Contains("stayed locked for 10 s", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Skipped, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.1));
    }

    [Fact]
    public async Task QueryAsync_after_a_crash_skips_the_torn_line_and_no_other()
    {
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run(1));
        await store.AppendAsync(Sample.Run(2));
        byte[] whole = await File.ReadAllBytesAsync(StorePath);

        for (int cut = 1; cut < whole.Length / 2; cut += 7)
        {
            await File.WriteAllBytesAsync(StorePath, whole[..^cut]);
            await store.AppendAsync(Sample.Run(3));

            int[] expected = cut == 1 ? [3, 2, 1] : [3, 1];         // cut 1 takes only the line end: the run itself is whole
            Assert.Equal(expected, await MinutesOf(store, new RunQuery()));
            Assert.Equal(cut == 1 ? 0 : 1, store.SkippedLines);
        }
    }

    [Fact]
    public async Task QueryAsync_foreign_lines_are_skipped_and_counted()
    {
        await File.WriteAllTextAsync(StorePath, "hello\n[]\n{\"id\":1}\n\n\0\0\0\n");
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run());

        Assert.Single(await store.QueryAsync(new RunQuery()));
        Assert.Equal(5, store.SkippedLines);
    }

    [Fact]
    public async Task QueryAsync_files_that_were_joined_count_a_run_once()
    {
        var store = new JsonLinesStore(StorePath, maxRuns: 2);
        await store.AppendAsync(Sample.Run(0));
        await store.AppendAsync(Sample.Run(1));
        await File.AppendAllTextAsync(StorePath, (await File.ReadAllTextAsync(StorePath)).Replace("4f1c2d", "another", StringComparison.Ordinal));

        Assert.Equal(["4f1c2d", "4f1c2d"], (await store.QueryAsync(new RunQuery())).Select(run => run.Commit));
    }

    [Fact]
    public async Task QueryAsync_without_a_file_is_empty_and_leaves_no_trace()
    {
        Assert.Empty(await new JsonLinesStore(StorePath).QueryAsync(new RunQuery()));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task QueryAsync_each_condition_restricts()
    {
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run(0));
        await store.AppendAsync(Sample.Run(1, application: "billing"));
        await store.AppendAsync(Sample.Run(2) with { Kind = AuditKind.Runtime });
        await store.AppendAsync(Sample.Run(3) with { MachineFingerprint = "other" });

        Assert.Equal([3, 2, 1, 0], await MinutesOf(store, new RunQuery()));
        Assert.Equal([1], await MinutesOf(store, new RunQuery { Application = "billing" }));
        Assert.Empty(await MinutesOf(store, new RunQuery { Application = "BILLING" }));
        Assert.Equal([2], await MinutesOf(store, new RunQuery { Kind = AuditKind.Runtime }));
        Assert.Equal([3], await MinutesOf(store, new RunQuery { MachineFingerprint = "other" }));
        Assert.Equal([2, 1], await MinutesOf(store, new RunQuery { From = Sample.Noon.AddMinutes(1), To = Sample.Noon.AddMinutes(3) }));
        Assert.Equal([3, 2], await MinutesOf(store, new RunQuery { Limit = 2 }));
        Assert.Equal([0], await MinutesOf(store, new RunQuery { Application = "shop", Kind = AuditKind.Startup, MachineFingerprint = "linux-x64/2", Limit = 1 }));
    }

    [Fact]
    public async Task QueryAsync_runs_that_finished_together_come_last_stored_first()
    {
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run(application: "first"));
        await store.AppendAsync(Sample.Run(application: "second") with { Id = Guid.NewGuid() });

        Assert.Equal(["second", "first"], (await store.QueryAsync(new RunQuery())).Select(run => run.Application));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task QueryAsync_limit_below_one_is_refused(int limit)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => new JsonLinesStore(StorePath).QueryAsync(new RunQuery { Limit = limit }));
    }

    [Fact]
    public async Task QueryAsync_canceled_throws()
    {
        var store = new JsonLinesStore(StorePath);
        await store.AppendAsync(Sample.Run());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.QueryAsync(new RunQuery(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task AppendAsync_runOfTheMostMetrics_comesBack_andOneTooLongForALineIsRefused()
    {
        var store = new JsonLinesStore(StorePath);
        AuditRun With(int characters) => Sample.Run(characters) with
        {
            Metrics = [.. Enumerable.Range(0, 10_000).Select(i => new RunMetric(new string('s', characters), $"metric{i}", i + 0.123456789, "ms"))],
        };

        await store.AppendAsync(With(100));
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync(With(256) with
        {
            Metrics = [.. With(256).Metrics.Select(metric => metric with { Operation = new string('o', 256), Unit = new string('u', 256) })],
        }));

        Assert.Equal(10_000, Assert.Single(await store.QueryAsync(new RunQuery())).Metrics.Count);
        Assert.Contains("allowed is at most 8388608", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryMetricsAsync_returns_what_matches_oldest_first()
    {
        var store = new JsonLinesStore(StorePath);
        for (int minutes = 0; minutes < 4; minutes++)
        {
            RunMetric duration = new("checkout", "duration", minutes, "ms") { Operation = "pay" };
            await store.AppendAsync(Sample.Run(minutes) with
            {
                Kind = AuditKind.Benchmark,
                Branch = minutes == 1 ? "other" : "main",
                Metrics = [duration, duration with { Operation = "ship" }, duration with { Metric = "allocated" }],
            });
        }
        var pay = new MetricQuery { Kind = AuditKind.Benchmark, Service = "checkout", Operation = "pay", Metric = "duration" };

        Assert.Equal([0.0, 1, 2, 3], (await store.QueryMetricsAsync(pay)).Select(point => point.Figure.Value));
        Assert.Equal([0.0, 2, 3], (await store.QueryMetricsAsync(pay with { Branch = "main" })).Select(point => point.Figure.Value));
        Assert.Equal([2.0, 3], (await store.QueryMetricsAsync(pay with { Limit = 2 })).Select(point => point.Figure.Value));
        Assert.Equal([1.0, 2], (await store.QueryMetricsAsync(pay with { From = Sample.Noon.AddMinutes(1), To = Sample.Noon.AddMinutes(3) })).Select(point => point.Figure.Value));
        Assert.Equal(12, (await store.QueryMetricsAsync(new MetricQuery())).Count);
        Assert.Empty(await store.QueryMetricsAsync(pay with { Kind = AuditKind.Startup }));
        await Assert.ThrowsAsync<ArgumentException>(() => store.QueryMetricsAsync(pay with { Limit = 0 }));
    }

    [Fact]
    public void Constructor_refuses_no_path_and_no_room()
    {
        Assert.Throws<ArgumentException>(() => new JsonLinesStore(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLinesStore(StorePath, maxRuns: 0));
        Assert.Equal(1, new JsonLinesStore(StorePath, maxRuns: 1).MaxRuns);
        Assert.Equal(1_000, new JsonLinesStore(StorePath).MaxRuns);
    }

    private static async Task<IEnumerable<int>> MinutesOf(JsonLinesStore store, RunQuery query) =>
        (await store.QueryAsync(query)).Select(run => (int)(run.FinishedAt - Sample.Noon).TotalMinutes);
}

namespace PerfKit.Storage.Tests;

public sealed class ExportTests : IDisposable
{
    private const string Run =
        """{"id":"0b8f6c1e-4f0e-4c39-9d3e-2f5d3a5f7a10","application":"shop","kind":"Startup","finishedAt":"2026-01-31T12:00:00Z","machineFingerprint":"m","metrics":[{"service":"s","metric":"d","value":1.5,"unit":"ms"}]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly JsonLinesStore _store;

    public ExportTests() => _store = new JsonLinesStore(_folder["runs.jsonl"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExportAsync_what_another_store_imports_is_the_same()
    {
        for (int minutes = 0; minutes < 5; minutes++)
            await _store.AppendAsync(Sample.Run(minutes));
        var other = new JsonLinesStore(_folder["other.jsonl"]);

        Assert.Equal(5, await _store.ExportAsync(_folder["export.json"]));
        Assert.Equal(5, await other.ImportAsync(_folder["export.json"]));

        Assert.Equal((await _store.QueryAsync(new RunQuery())).Select(Sample.Text), (await other.QueryAsync(new RunQuery())).Select(Sample.Text));
        Assert.Contains("\"format\": \"PerfKit.AuditRuns\",", await File.ReadAllTextAsync(_folder["export.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportAsync_empty_store_gives_a_file_that_imports()
    {
        Assert.Equal(0, await _store.ExportAsync(_folder["export.json"]));
        Assert.Equal(0, await _store.ImportAsync(_folder["export.json"]));
    }

    [Fact]
    public async Task ExportAsync_canceled_leaves_an_earlier_export_as_it_was()
    {
        await File.WriteAllTextAsync(_folder["export.json"], "earlier");
        await _store.AppendAsync(Sample.Run());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.ExportAsync(_folder["export.json"], new CancellationToken(canceled: true)));

        Assert.Equal("earlier", await File.ReadAllTextAsync(_folder["export.json"]));
        Assert.Equal(["export.json", "runs.jsonl", "runs.jsonl.lock"], _folder.Names);
    }

    [Fact]
    public async Task ExportAsync_onto_the_store_itself_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _store.ExportAsync(_folder["runs.jsonl"]));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.ImportAsync(_folder["runs.jsonl"]));
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.jsonl.lock")]
    [InlineData("runs.jsonl.tmp")]
    [InlineData("folder/../runs.jsonl")]
    [InlineData("link/runs.jsonl")]
    public async Task RunExchange_withAFileOfTheStoreItself_isRefusedAndLosesNothing(string own)
    {
        Directory.CreateSymbolicLink(_folder["link"], Path.GetDirectoryName(_folder["runs.jsonl"])!);
        await _store.AppendAsync(Sample.Run());

        await Assert.ThrowsAsync<ArgumentException>("path", () => RunExchange.ExportAsync(_store, _folder[own]));
        await Assert.ThrowsAsync<ArgumentException>("path", () => RunExchange.ImportAsync(_store, _folder[own]));

        Assert.Single(await _store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ImportAsync_twice_adds_nothing_the_second_time()
    {
        await Write($$"""{"format":"PerfKit.AuditRuns","version":1,"runs":[{{Run}}]}""");

        Assert.Equal(1, await _store.ImportAsync(_folder["import.json"]));
        Assert.Equal(0, await _store.ImportAsync(_folder["import.json"]));
        Assert.Single(await _store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ImportAsync_byte_order_mark_and_unknown_fields_are_taken()
    {
        await Write($$"""{{"\uFEFF"}}{"format":"PerfKit.AuditRuns","version":1,"madeBy":"7.0","runs":[{{Run}}]}""");

        Assert.Equal(1, await _store.ImportAsync(_folder["import.json"]));
    }

    [Fact]
    public async Task ImportAsync_canceled_adds_nothing()
    {
        await Write($$"""{"format":"PerfKit.AuditRuns","version":1,"runs":[{{Run}}]}""");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.ImportAsync(_folder["import.json"], new CancellationToken(canceled: true)));

        Assert.Empty(await _store.QueryAsync(new RunQuery()));
    }

    [Theory]
    [InlineData("\"kind\":\"Startup\"", "\"kind\":\"Banana\"", "$.runs[1].kind", "\"Banana\"", "\"Startup\" or \"Runtime\" or \"Benchmark\" or \"LoadTest\"")]
    [InlineData("\"kind\":\"Startup\"", "\"kind\":\"1\"", "$.runs[1].kind", "\"1\"", "\"Startup\" or \"Runtime\" or \"Benchmark\" or \"LoadTest\"")]
    [InlineData("\"kind\":\"Startup\"", "\"kind\":0", "$.runs[1].kind", "0", "\"Startup\" or \"Runtime\" or \"Benchmark\" or \"LoadTest\"")]
    [InlineData("\"id\"", "\"ID\"", "$.runs[1].id", "missing", "an identifier like \"0b8f6c1e-4f0e-4c39-9d3e-2f5d3a5f7a10\"")]
    [InlineData("0b8f6c1e-4f0e-4c39-9d3e-2f5d3a5f7a10", "00000000-0000-0000-0000-000000000000", "$.runs[1].id", "\"00000000-0000-0000-0000-000000000000\"", "an identifier that is not all zeros")]
    [InlineData("\"shop\"", "\"\"", "$.runs[1].application", "\"\"", "a text of 1 to 256 characters")]
    [InlineData("\"shop\"", "null", "$.runs[1].application", "null", "a text")]
    [InlineData("2026-01-31T12:00:00Z", "yesterday", "$.runs[1].finishedAt", "\"yesterday\"", "an ISO 8601 instant like \"2026-01-31T12:00:00+00:00\"")]
    [InlineData("1.5", "1e999", "$.runs[1].metrics[0].value", "1e999", "a finite number")]
    [InlineData("1.5", "\"1.5\"", "$.runs[1].metrics[0].value", "\"1.5\"", "a finite number")]
    [InlineData("\"ms\"", "7", "$.runs[1].metrics[0].unit", "7", "a text")]
    [InlineData("[{\"service\"", "{\"x\":[{\"service\"", "$.runs[1].metrics", null, "a list")]
    public async Task ImportAsync_one_wrong_value_refuses_the_whole_file(string right, string wrong, string path, string? value, string allowed)
    {
        string second = Run.Replace(right, wrong, StringComparison.Ordinal);
        if (value is null)
            second = second.Replace("}]}", "}]}}", StringComparison.Ordinal);
        await _store.AppendAsync(Sample.Run());
        await Write($$"""{"format":"PerfKit.AuditRuns","version":1,"runs":[{{Run}},{{second}}]}""");

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal(path, error.JsonPath);
        Assert.Equal(allowed, error.Allowed);
        if (value is not null)
            Assert.Equal($"{path} is {value}; allowed is {allowed}. Nothing was imported.", error.Message);
        Assert.Equal(Sample.Text(Sample.Run()), Sample.Text(Assert.Single(await _store.QueryAsync(new RunQuery()))));
    }

    [Theory]
    [InlineData("", "$", "broken at line 1, byte 1", "one complete JSON document")]
    [InlineData("{\"format\":\"PerfKit.AuditRuns\",\n \"version\":1, ", "$", "broken at line 2, byte 15", "one complete JSON document")]
    [InlineData("[]", "$", "[]", "an object")]
    [InlineData("{}", "$.format", "missing", "\"PerfKit.AuditRuns\"")]
    [InlineData("{\"format\":\"Other\"}", "$.format", "\"Other\"", "\"PerfKit.AuditRuns\"")]
    [InlineData("{\"format\":\"PerfKit.AuditRuns\",\"version\":2}", "$.version", "2", "1")]
    [InlineData("{\"format\":\"PerfKit.AuditRuns\",\"version\":1}", "$.runs", "missing", "a list")]
    [InlineData("{\"format\":\"PerfKit.AuditRuns\",\"version\":1,\"runs\":[7]}", "$.runs[0]", "7", "an object")]
    [InlineData("{\"format\":\"\\ud800\"}", "$.format", "\"\\ud800\"", "\"PerfKit.AuditRuns\"")]
    public async Task ImportAsync_file_that_is_no_export_is_refused(string content, string path, string value, string allowed)
    {
        await Write(content);

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal((path, value, allowed), (error.JsonPath, error.Value, error.Allowed));
    }

    [Fact]
    public async Task ImportAsync_runs_before_the_version_are_refused()
    {
        await Write($$"""{"format":"PerfKit.AuditRuns","runs":[{{Run}}],"version":1}""");

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal(("$.version", "missing"), (error.JsonPath, error.Value));
        Assert.Empty(await _store.QueryAsync(new RunQuery()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    public async Task ImportAsync_text_after_the_document_refuses_it(string rest)
    {
        await Write($$"""{"format":"PerfKit.AuditRuns","version":1,"runs":[{{Run}}]} {{rest}}""");

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal("$", error.JsonPath);
        Assert.Empty(await _store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ImportAsync_file_cut_anywhere_is_refused()
    {
        string whole = $$"""{"format":"PerfKit.AuditRuns","version":1,"runs":[{{Run}}]}""";
        for (int length = 0; length < whole.Length; length++)
        {
            await Write(whole[..length]);
            await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));
        }

        Assert.Empty(await _store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ImportAsync_runs_much_larger_than_the_buffer_are_taken()
    {
        RunMetric[] metrics = [.. Enumerable.Range(0, 5_000).Select(i => new RunMetric("service", $"metric {i}", i, "ms"))];
        await _store.AppendManyAsync(Enumerable.Range(0, 3).Select(minutes => Sample.Run(minutes) with { Metrics = metrics }));
        var other = new JsonLinesStore(_folder["other.jsonl"]);

        await _store.ExportAsync(_folder["export.json"]);
        Assert.Equal(3, await other.ImportAsync(_folder["export.json"]));

        Assert.Equal((await _store.QueryAsync(new RunQuery())).Select(Sample.Text), (await other.QueryAsync(new RunQuery())).Select(Sample.Text));
    }

    [Fact]
    public async Task ImportAsync_long_value_is_shown_shortened()
    {
        await Write($$"""{"format":"{{new string('x', 5000)}}"}""");

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal(81, error.Value.Length);
    }

    [Fact]
    public async Task ImportAsync_file_larger_than_the_limit_is_refused_unread()
    {
        await using (FileStream huge = File.Create(_folder["import.json"]))
            huge.SetLength(64L * 1024 * 1024 + 1);

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => _store.ImportAsync(_folder["import.json"]));

        Assert.Equal("67108865 bytes", error.Value);
    }

    [Fact]
    public async Task ImportAsync_missing_file_is_an_error_of_the_file_system()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => _store.ImportAsync(_folder["import.json"]));
    }

    private Task Write(string content) => File.WriteAllTextAsync(_folder["import.json"], content);
}

using System.Text.Json.Nodes;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class ReportJsonTests
{
    [Fact]
    public void StartupReport_roundTrips()
    {
        StartupReport report = Reports.Startup;

        StartupReport copy = StartupReport.FromJson(report.ToJson());

        Assert.Equal(report.ToJson(), copy.ToJson());
        Assert.Equal(report.Bottlenecks[0].Evidence, copy.Bottlenecks[0].Evidence);
        Assert.Equal(report.Services[0].Dependencies, copy.Services[0].Dependencies);
        Assert.Equal(report.TotalStartupTime, copy.TotalStartupTime);
        Assert.Equal(report.Records[0].Self, copy.Records[0].Self);
        Assert.Equal(report.Records[0].Inclusive, copy.Records[0].Inclusive);
        Assert.Equal(report.Records[0].AssemblyLoads, copy.Records[0].AssemblyLoads);
        Assert.Null(copy.Records[0].Self!.QueuedForCpu);
        Assert.Null(copy.Records[1].Self);
    }

    [Fact]
    public void RuntimeReport_roundTrips()
    {
        RuntimeReport report = Reports.Runtime;

        RuntimeReport copy = RuntimeReport.FromJson(report.ToJson());

        Assert.Equal(report.ToJson(), copy.ToJson());
        Assert.Equal(report.Samples, copy.Samples);
        Assert.Equal(report.Usage, copy.Usage);
        Assert.Equal(report.Operations, copy.Operations);
    }

    [Fact]
    public void RuntimeReport_damagedHistogram_isRefusedWithItsPlace()
    {
        string json = Reports.Runtime.ToJson();
        string damaged = System.Text.RegularExpressions.Regex.Replace(json, "\"latency\": \"[^\"]*\"", "\"latency\": \"AQU=\"");

        FormatException refused = Assert.Throws<FormatException>(() => RuntimeReport.FromJson(damaged));

        Assert.Contains("The latency histogram cannot be read: the least duration is cut off", refused.Message, StringComparison.Ordinal);
        FormatException noText = Assert.Throws<FormatException>(() => RuntimeReport.FromJson(damaged.Replace("\"AQU=\"", "7", StringComparison.Ordinal)));
        Assert.Contains("$.operations[0].latency", noText.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownFigures_areAbsentAndNotZero()
    {
        string json = Reports.Runtime.ToJson();

        Assert.DoesNotContain("\"machineCpuPercent\"", json, StringComparison.Ordinal);
        Assert.Contains("\"cpuPercent\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no StartupReport")]
    [InlineData("null", "allowed: a StartupReport object")]
    [InlineData("[1, 2]", "no StartupReport")]
    [InlineData("{\"application\": 5}", "$.application")]
    [InlineData("{}", "application")]
    [InlineData("{\"\\ud800\": 5}", "$ is not all valid Unicode")]
    public void FromJson_ofAnythingElse_saysWhereAndWhat(string json, string expected)
    {
        FormatException refused = Assert.Throws<FormatException>(() => StartupReport.FromJson(json));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"samples\": [", "\"samples\": [null, ", "$.samples[0] is null; allowed: a value.")]
    [InlineData("\"application\": \"shop\"", "\"application\": null", "application")]
    [InlineData("\"usage\": [", "\"usage\": null, \"trends\": [", "usage")]
    public void FromJson_withANullThatNoReportHas_isRefused(string found, string instead, string expected)
    {
        string json = Reports.Runtime.ToJson();
        int at = json.IndexOf(found, StringComparison.Ordinal);

        FormatException refused = Assert.Throws<FormatException>(() => RuntimeReport.FromJson(json[..at] + instead + json[(at + found.Length)..]));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A report of an older version has fewer fields than this one.</summary>
    [Fact]
    public void FromJson_withoutAnyOneField_isRefusedByNameOrIsAReportLikeAnyOther()
    {
        Try(Reports.Startup.ToJson(), json =>
        {
            StartupReport report = StartupReport.FromJson(json);
            report.ToDocument().Render(PerfKit.Reporting.ReportRenderers.Html);
            if (report.Records.Count > 0)
                StartupComparison.Of(report, Reports.Startup).ToDocument().Render(PerfKit.Reporting.ReportRenderers.Text);
        });
        Try(Reports.Runtime.ToJson(), json => RuntimeReport.FromJson(json).ToDocument().Render(PerfKit.Reporting.ReportRenderers.Html));

        static void Try(string json, Action<string> use)
        {
            foreach (string path in Paths(JsonNode.Parse(json)!, []).Select(path => string.Join('/', path)).Distinct().ToArray())
            {
                JsonNode root = JsonNode.Parse(json)!;
                string[] steps = path.Split('/');
                JsonNode parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray ? node[int.Parse(step, null)]! : node[step]!);
                parent.AsObject().Remove(steps[^1]);
                try
                {
                    use(root.ToJsonString());
                }
                catch (FormatException refused)
                {
                    Assert.Contains(steps[^1], refused.Message, StringComparison.Ordinal);
                }
            }
        }

        static IEnumerable<string[]> Paths(JsonNode node, string[] above) => node switch
        {
            JsonObject parts => parts.SelectMany(part => Paths(part.Value!, [.. above, part.Key]).Prepend([.. above, part.Key])),
            JsonArray { Count: > 0 } items => Paths(items[0]!, [.. above, "0"]),
            _ => [],
        };
    }

    [Fact]
    public void FromJson_ofAnotherVersion_isRefused()
    {
        string json = Reports.Startup.ToJson().Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal);

        FormatException refused = Assert.Throws<FormatException>(() => StartupReport.FromJson(json));

        Assert.Equal("$.formatVersion is 2; allowed: 1.", refused.Message);
    }

    [Fact]
    public async Task SaveJson_replacesAnOldFile_andLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "new", "report.json");
        await Reports.Startup.SaveJsonAsync(path);
        await Reports.Startup.SaveJsonAsync(path);

        Assert.Equal(Reports.Startup.ToJson(), await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }
}

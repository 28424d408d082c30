namespace PerfKit.Benchmarking.Tests;

public sealed class PerformanceConfigurationTests
{
    [Fact]
    public void Parse_every_key_is_read()
    {
        PerformanceConfiguration configuration = PerformanceConfiguration.Parse("""
            {
              // limits
              "thresholds": {
                "api_call": { "maxDurationSeconds": 0.25, "maxMemoryMegabytes": 100, "maxAllocatedBytes": 0, "minSuccessRate": 0.95 },
                "*": { "maxDurationSeconds": 30 },
              },
              "regressions": { "minorRatio": 1.1, "criticalRatio": 1.5, "falseAlarmRate": 0.01, "minimumRuns": 40, "baselinePercent": 15 },
              "ci": { "failOn": ["critical", "error", "critical"] }
            }
            """);

        Assert.Equal(
            new OperationThresholds { MaxDuration = TimeSpan.FromMilliseconds(250), MaxMemoryBytes = 100 << 20, MaxAllocatedBytes = 0, MinSuccessRate = 0.95 },
            configuration.ThresholdsOf("api_call"));
        Assert.Equal(TimeSpan.FromSeconds(30), configuration.ThresholdsOf("anything else").MaxDuration);
        Assert.Equal((1.1, 1.5, 0.01, 40), (configuration.Regressions.MinorRatio, configuration.Regressions.CriticalRatio, configuration.Regressions.FalseAlarmRate, configuration.Regressions.MinimumRuns));
        Assert.Equal(15, configuration.BaselineThresholdPercent);
        Assert.Equal([BuildFailure.Critical, BuildFailure.Error], configuration.FailOn);
    }

    [Fact]
    public void Parse_empty_object_keeps_the_defaults()
    {
        PerformanceConfiguration configuration = PerformanceConfiguration.Parse("{}");

        Assert.Equal((1.2, 2.0, 20.0), (configuration.Regressions.MinorRatio, configuration.Regressions.CriticalRatio, configuration.BaselineThresholdPercent));
        Assert.Equal([BuildFailure.Minor, BuildFailure.Critical, BuildFailure.Threshold, BuildFailure.Error], configuration.FailOn);
        Assert.Equal(new OperationThresholds(), configuration.ThresholdsOf("api_call"));
    }

    [Theory]
    [InlineData("""{ "treshold": {} }""", "$.treshold is an unknown key; allowed is thresholds, regressions, ci.")]
    [InlineData("""{ "thresholds": { "a": { "minSuccessRate": 95 } } }""", "$.thresholds.a.minSuccessRate is 95; allowed is a number from 0 to 1.")]
    [InlineData("""{ "thresholds": { "a": { "minSuccessRate": "0.9" } } }""", "$.thresholds.a.minSuccessRate is \"0.9\"; allowed is a number from 0 to 1.")]
    [InlineData("""{ "thresholds": { "a": { "maxDurationSeconds": 0 } } }""", "$.thresholds.a.maxDurationSeconds is 0; allowed is a number from 0.000001 to 86400.")]
    [InlineData("""{ "thresholds": { "a": 3 } }""", "$.thresholds.a is 3; allowed is an object with maxDurationSeconds, maxMemoryMegabytes, maxAllocatedBytes, minSuccessRate.")]
    [InlineData("""{ "thresholds": {}, "thresholds": {} }""", "$.thresholds is there twice; allowed is each key once.")]
    [InlineData("""{ "regressions": { "minorRatio": 1 } }""", "$.regressions.minorRatio is 1; allowed is a number above 1, at most 1000.")]
    [InlineData("""{ "regressions": { "minorRatio": 2.5 } }""", "$.regressions.criticalRatio is 2; allowed is above minorRatio, which is 2.5.")]
    [InlineData("""{ "regressions": { "minimumRuns": 30.5 } }""", "$.regressions.minimumRuns is 30.5; allowed is a number without a fraction, from 20 to 1000.")]
    [InlineData("""{ "ci": { "failOn": ["error", "everything"] } }""", "$.ci.failOn[1] is \"everything\"; allowed is one of \"slight\", \"minor\", \"critical\", \"threshold\", \"error\".")]
    [InlineData("[]", "$ is []; allowed is an object with thresholds, regressions, ci.")]
    public void Parse_mistake_is_refused_with_path_value_and_what_is_allowed(string json, string message)
    {
        var exception = Assert.Throws<ConfigurationException>(() => PerformanceConfiguration.Parse(json));

        Assert.Equal(message, Assert.Single(exception.Mistakes).ToString());
    }

    [Theory]
    [InlineData("maxDurationSeconds", "0.000001", "86400", "0.0000009 86400.1 1e-9 -1 1e999")]
    [InlineData("maxMemoryMegabytes", "1", "1000000", "0.999 1000001 1e-9 -1 1e999")]
    [InlineData("maxAllocatedBytes", "0", "1000000000000", "-0.1 1000000000001 1e999 -1e999")]
    public void Parse_number_at_and_beyond_its_ends_is_taken_or_refused(string key, string least, string most, string refused)
    {
        foreach (string number in (string[])[least, most])
        {
            OperationThresholds limits = PerformanceConfiguration.Parse(Json(number)).ThresholdsOf("a");
            Assert.NotEqual(new OperationThresholds(), limits);
            Assert.NotEqual(TimeSpan.Zero, limits.MaxDuration);
            Assert.NotEqual(0, limits.MaxMemoryBytes);
        }

        foreach (string number in refused.Split(' '))
        {
            string mistake = Assert.Single(Assert.Throws<ConfigurationException>(() => PerformanceConfiguration.Parse(Json(number))).Mistakes).ToString();
            Assert.Equal($"$.thresholds.a.{key} is {number}; allowed is a number from {least} to {most}.", mistake);
        }

        string Json(string number) => $"{{ \"thresholds\": {{ \"a\": {{ \"{key}\": {number} }} }} }}";
    }

    [Fact]
    public void Parse_all_mistakes_are_told_at_once()
    {
        var exception = Assert.Throws<ConfigurationException>(() => PerformanceConfiguration.Parse("""{ "x": 1, "ci": 2, "regressions": { "falseAlarmRate": 1, "y": null } }"""));

        Assert.Equal(["$.x", "$.ci", "$.regressions.falseAlarmRate", "$.regressions.y"], exception.Mistakes.Select(mistake => mistake.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    public void Parse_no_JSON_is_refused(string json)
    {
        Assert.StartsWith("no JSON (", Assert.Throws<ConfigurationException>(() => PerformanceConfiguration.Parse(json)).Mistakes[0].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "ci": { "failOn": ["\ud800"] } }""")]
    public void Parse_half_of_a_surrogate_pair_is_refused(string json)
    {
        Assert.Equal("$ is not all valid Unicode; allowed is text in valid Unicode.", Assert.Throws<ConfigurationException>(() => PerformanceConfiguration.Parse(json)).Mistakes[^1].ToString());
    }

    [Fact]
    public void Load_ofAFolder_saysSo() =>
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => PerformanceConfiguration.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_without_a_file_is_the_defaults()
    {
        Assert.Equal(20, PerformanceConfiguration.Load(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json")).BaselineThresholdPercent);
    }
}

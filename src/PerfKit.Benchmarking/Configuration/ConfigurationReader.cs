using System.Text.Json;

namespace PerfKit.Benchmarking;

/// <summary>Reads <c>perfkit.json</c>, and collects every mistake before it refuses.</summary>
internal static class ConfigurationReader
{
    private const int MaxTypes = 200;
    private const double Megabyte = 1 << 20;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };
    private static readonly string Failures = string.Join(", ", Enum.GetNames<BuildFailure>().Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\""));

    public static PerformanceConfiguration Read(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        var mistakes = new List<ConfigurationMistake>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            PerformanceConfiguration configuration = Whole(new ConfigurationNode("$", document.RootElement, mistakes));
            return mistakes.Count == 0 ? configuration : throw new ConfigurationException(source, mistakes);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException(source, [new ConfigurationMistake("$", $"no JSON ({exception.Message})", "an object")], exception);
        }
        catch (InvalidOperationException exception)     // a text holds an escaped half of a surrogate pair
        {
            throw new ConfigurationException(source, [.. mistakes, new ConfigurationMistake("$", "not all valid Unicode", "text in valid Unicode")], exception);
        }
    }

    private static PerformanceConfiguration Whole(ConfigurationNode root)
    {
        var configuration = new PerformanceConfiguration();
        root.Object(new()
        {
            ["thresholds"] = node => configuration = configuration with { Thresholds = Thresholds(node) },
            ["regressions"] = node => configuration = Regressions(node, configuration),
            ["ci"] = node => configuration = configuration with { FailOn = FailOn(node, configuration.FailOn) },
        });
        return configuration;
    }

    private static Dictionary<string, OperationThresholds> Thresholds(ConfigurationNode node)
    {
        var thresholds = new Dictionary<string, OperationThresholds>(StringComparer.Ordinal);
        foreach (ConfigurationNode type in node.Members($"at most {MaxTypes} operation types", MaxTypes))
        {
            var limits = new OperationThresholds();
            type.Object(new()
            {
                ["maxDurationSeconds"] = it => limits = limits with { MaxDuration = it.Number("from 0.000001 to 86400", value => value is >= 1e-6 and <= 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null },
                ["maxMemoryMegabytes"] = it => limits = limits with { MaxMemoryBytes = (long?)(it.Number("from 1 to 1000000", value => value is >= 1 and <= 1e6) * Megabyte) },
                ["maxAllocatedBytes"] = it => limits = limits with { MaxAllocatedBytes = it.Number("from 0 to 1000000000000", value => value is >= 0 and <= 1e12) },
                ["minSuccessRate"] = it => limits = limits with { MinSuccessRate = it.Number("from 0 to 1", value => value is >= 0 and <= 1) },
            });
            thresholds[type.Name] = limits;
        }

        return thresholds;
    }

    private static PerformanceConfiguration Regressions(ConfigurationNode node, PerformanceConfiguration configuration)
    {
        RegressionOptions options = configuration.Regressions;
        double baseline = configuration.BaselineThresholdPercent;
        node.Object(new()
        {
            ["minorRatio"] = it => options = options with { MinorRatio = it.Number("above 1, at most 1000", value => value is > 1 and <= 1000) ?? options.MinorRatio },
            ["criticalRatio"] = it => options = options with { CriticalRatio = it.Number("above minorRatio, at most 1000", value => value is > 1 and <= 1000) ?? options.CriticalRatio },
            ["falseAlarmRate"] = it => options = options with { FalseAlarmRate = it.Number("from 0.000001, below 0.1", value => value is >= 1e-6 and < 0.1) ?? options.FalseAlarmRate },
            ["minimumRuns"] = it => options = options with { MinimumRuns = (int?)it.Number("without a fraction, from 20 to 1000", value => value is >= 20 and <= 1000 && value == Math.Floor(value)) ?? options.MinimumRuns },
            ["baselinePercent"] = it => baseline = it.Number("from 0.01 to 10000", value => value is >= 0.01 and <= 10_000) ?? baseline,
        });
        if (options.CriticalRatio <= options.MinorRatio)
            node.Refuse("criticalRatio", FormattableString.Invariant($"{options.CriticalRatio}"), FormattableString.Invariant($"above minorRatio, which is {options.MinorRatio}"));
        return configuration with { Regressions = options, BaselineThresholdPercent = baseline };
    }

    private static IReadOnlyList<BuildFailure> FailOn(ConfigurationNode node, IReadOnlyList<BuildFailure> byDefault)
    {
        IReadOnlyList<BuildFailure> failOn = byDefault;
        node.Object(new()
        {
            ["failOn"] = it => failOn = [.. it.Items($"a list of {Failures}").Select(Failure).OfType<BuildFailure>().Distinct()],
        });
        return failOn;

        BuildFailure? Failure(ConfigurationNode item)
        {
            foreach (BuildFailure failure in Enum.GetValues<BuildFailure>())
            {
                if (item.IsText(JsonNamingPolicy.CamelCase.ConvertName(failure.ToString())))
                    return failure;
            }

            item.Refuse($"one of {Failures}");
            return null;
        }
    }
}

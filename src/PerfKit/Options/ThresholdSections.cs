using System.Globalization;
using Microsoft.Extensions.Configuration;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>
/// The three-level shape of thresholds: <c>system_thresholds</c>, <c>service_thresholds</c>, <c>database_thresholds</c>, in each
/// a threshold's key, in that its levels. Names, units and ranges come from <see cref="ThresholdCatalog"/>.
/// </summary>
/// <param name="options">Takes what is right, and the mistakes.</param>
/// <param name="alreadySet">The path that set a threshold under its other name, by key.</param>
internal sealed class ThresholdSections(PerformanceAuditorOptions options, IReadOnlyDictionary<string, string> alreadySet)
{
    private const string Services = "services";

    // A key ends in its unit: what is left of it shows that only the unit is wrong.
    private static readonly string[] UnitEndings = ["_percent", "_pct", "_ratio", "_seconds", "_s", "_ms", "_milliseconds", "_minutes", "_bytes", "_kb", "_mb", "_gb", "_mib", "_gib"];

    public static readonly IReadOnlyDictionary<string, ThresholdGroup> Groups = Enum.GetValues<ThresholdGroup>()
        .ToDictionary(group => $"{group.ToString().ToLowerInvariant()}_thresholds", StringComparer.OrdinalIgnoreCase);

    public void Read(IConfigurationSection section, ThresholdGroup group)
    {
        RefuseValue(section, "a section of thresholds");
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (group == ThresholdGroup.Service && child.Key.Equals(Services, StringComparison.OrdinalIgnoreCase))
                ReadServices(child);
            else
                ReadThreshold(child, group, service: null);
        }
    }

    private void ReadServices(IConfigurationSection section)
    {
        RefuseValue(section, "a section of services, each with its thresholds");
        foreach (IConfigurationSection service in section.GetChildren())
        {
            RefuseValue(service, "a section of thresholds");
            foreach (IConfigurationSection child in service.GetChildren())
                ReadThreshold(child, ThresholdGroup.Service, service.Key);
        }
    }

    private void ReadThreshold(IConfigurationSection section, ThresholdGroup group, string? service)
    {
        if (ThresholdCatalog.Find(section.Key) is not { } threshold || threshold.Group != group)
        {
            options.ConfigurationErrors.Add($"{section.Path} is not a threshold; allowed: {Suggest(section.Key, group)}.");
            return;
        }
        if (service is null && alreadySet.TryGetValue(threshold.Key, out string? other))
        {
            options.ConfigurationErrors.Add($"{section.Path} sets what {other} sets; allowed: one of them.");
            return;
        }
        RefuseValue(section, "a section of warning, critical");
        ReadLevels(section, threshold, service);
    }

    private void ReadLevels(IConfigurationSection section, ThresholdDefinition threshold, string? service)
    {
        double? warning = null, critical = null;
        int mistakes = options.ConfigurationErrors.Count;
        foreach (IConfigurationSection child in section.GetChildren())
        {
            switch (child.Key.ToLowerInvariant())
            {
                case "warning":
                    warning = Level(child, threshold);
                    break;
                case "critical":
                    critical = Level(child, threshold);
                    break;
                default:
                    options.ConfigurationErrors.Add($"{child.Path} is not a setting; allowed: warning, critical.");
                    break;
            }
        }
        if (options.ConfigurationErrors.Count > mistakes)
            return;
        Thresholds current = service is null ? options.Thresholds : options.Thresholds.For(service);
        var levels = new ThresholdLevels(warning ?? threshold.WarningOf(current), critical ?? threshold.ExplicitCriticalOf(current));
        if (threshold.Mistake(levels, "warning", LimitRange.Number) is { } mistake)
            options.ConfigurationErrors.Add($"{section.Path}:{(mistake.IsCritical ? "critical" : "warning")} is {mistake.Value}; allowed: {mistake.Allowed}.");
        else if (service is null)
            threshold.Set(options.Thresholds, levels);
        else if (warning is not null || critical is not null)
            options.Thresholds.Override(service, threshold.Key, levels.Warning, levels.Critical);
    }

    private double? Level(IConfigurationSection node, ThresholdDefinition threshold)
    {
        string allowed = $"a {(threshold.IsWhole ? "whole " : "")}number ({threshold.UnitText}), {threshold.Allowed}";
        if (node.GetChildren().Any())
            options.ConfigurationErrors.Add($"{node.Path} is a section; allowed: {allowed}.");
        // An empty value leaves the default, as environment variables cannot say "nothing" in another way.
        if (string.IsNullOrEmpty(node.Value))
            return null;
        if (double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && threshold.Range.Holds(value) && (!threshold.IsWhole || value == Math.Floor(value)))
            return value;
        options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: {allowed}.");
        return null;
    }

    private void RefuseValue(IConfigurationSection node, string allowed)
    {
        if (!string.IsNullOrEmpty(node.Value))
            options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: {allowed}.");
    }

    private static string Suggest(string key, ThresholdGroup group)
    {
        if (ThresholdCatalog.Find(key) is { } elsewhere)
            return $"it belongs in {elsewhere.Group.ToString().ToLowerInvariant()}_thresholds";
        ThresholdDefinition[] known = [.. ThresholdCatalog.All.Where(threshold => threshold.Group == group)];
        return Array.Find(known, threshold => Stem(threshold.Key).Equals(Stem(key), StringComparison.OrdinalIgnoreCase)) is { } near
            ? $"{near.Key}, in {near.UnitText}"
            : string.Join(", ", known.Select(threshold => threshold.Key));
    }

    private static string Stem(string key) =>
        UnitEndings.FirstOrDefault(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } unit ? key[..^unit.Length] : key;
}

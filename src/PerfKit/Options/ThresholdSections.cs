using Microsoft.Extensions.Configuration;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>
/// The three-level shape of thresholds: <c>system_thresholds</c>, <c>service_thresholds</c>, <c>database_thresholds</c>, in each
/// a threshold's key, in that its levels and what to do when they are broken. Names, units and ranges come from
/// <see cref="ThresholdCatalog"/>. A threshold that stands here gets an alert rule.
/// </summary>
/// <param name="options">Takes what is right, and the mistakes.</param>
/// <param name="alreadySet">The path that set a threshold under its other name, by key.</param>
internal sealed class ThresholdSections(PerformanceAuditorOptions options, IReadOnlyDictionary<string, string> alreadySet)
{
    private const string Services = "services";
    private const string Warning = "warning";
    private const string Critical = "critical";
    private const string Action = "action";
    private const string Duration = "duration_seconds";
    private const string CoolDown = "cooldown_seconds";
    private const int MostOfAnAction = 128;

    // A key ends in its unit: what is left of it shows that only the unit is wrong.
    private static readonly string[] UnitEndings = ["_percent", "_pct", "_ratio", "_seconds", "_s", "_ms", "_milliseconds", "_minutes", "_bytes", "_kb", "_mb", "_gb", "_mib", "_gib"];

    public static readonly IReadOnlyDictionary<string, ThresholdGroup> Groups = Enum.GetValues<ThresholdGroup>()
        .ToDictionary(group => $"{group.ToString().ToLowerInvariant()}_thresholds", StringComparer.OrdinalIgnoreCase);

    public void Read(IConfigurationSection section, ThresholdGroup group)
    {
        RefuseValue(section, "a section of thresholds");
        IConfigurationSection[] children = [.. section.GetChildren()];
        foreach (IConfigurationSection child in children.Where(child => !IsServices(child)))
            ReadThreshold(child, group, service: null);
        foreach (IConfigurationSection child in children.Where(IsServices)) // after what holds for all
            ReadServices(child);

        bool IsServices(IConfigurationSection child) => group == ThresholdGroup.Service && child.Key.Equals(Services, StringComparison.OrdinalIgnoreCase);
    }

    private void ReadServices(IConfigurationSection section)
    {
        RefuseValue(section, "a section of services, each with its thresholds");
        foreach (IConfigurationSection service in section.GetChildren())
        {
            if (string.IsNullOrWhiteSpace(service.Key))
            {
                options.ConfigurationErrors.Add($"{section.Path} has a service named '{service.Key}'; allowed: a name that is not blank.");
                continue;
            }
            RefuseValue(service, "a section of thresholds");
            foreach (IConfigurationSection child in service.GetChildren())
                ReadThreshold(child, ThresholdGroup.Service, service.Key);
        }
        if (options.Monitoring.Derived.Count is int many and > MonitoringOptions.MostDerivedRules)
            options.ConfigurationErrors.Add($"{section.Path} has {many} thresholds of single services; allowed: up to {MonitoringOptions.MostDerivedRules}.");
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
        RefuseValue(section, $"a section of {Keys(threshold)}");
        ReadLevels(section, threshold, service);
    }

    private void ReadLevels(IConfigurationSection section, ThresholdDefinition threshold, string? service)
    {
        double? warning = null, critical = null;
        AlertRule rule = RuleOf(threshold, service);
        int mistakes = options.ConfigurationErrors.Count;
        foreach (IConfigurationSection child in section.GetChildren())
        {
            switch (child.Key.ToLowerInvariant())
            {
                case Warning:
                    warning = Level(child, threshold);
                    break;
                case Critical:
                    critical = Level(child, threshold);
                    break;
                case Action when threshold.IsWatchable:
                    rule = rule with { Action = Word(child) ?? rule.Action };
                    break;
                case Duration when threshold.IsWatchable:
                    rule = rule with { Duration = Time(child, TimeSpan.FromDays(1)) ?? rule.Duration };
                    break;
                case CoolDown when threshold.IsWatchable:
                    rule = rule with { CoolDown = Time(child, TimeSpan.FromDays(7)) ?? rule.CoolDown };
                    break;
                default:
                    options.ConfigurationErrors.Add($"{child.Path} is not a setting; allowed: {Keys(threshold)}.");
                    break;
            }
        }
        if (options.ConfigurationErrors.Count > mistakes)
            return;
        Thresholds current = service is null ? options.Thresholds : options.Thresholds.For(service);
        var levels = new ThresholdLevels(warning ?? threshold.WarningOf(current), critical ?? threshold.ExplicitCriticalOf(current));
        if (threshold.Mistake(levels, Warning, LimitRange.Number) is { } mistake)
        {
            options.ConfigurationErrors.Add($"{section.Path}:{(mistake.IsCritical ? Critical : Warning)} is {mistake.Value}; allowed: {mistake.Allowed}.");
            return;
        }
        if (service is null)
            threshold.Set(options.Thresholds, levels);
        else if (warning is not null || critical is not null)
            options.Thresholds.Override(service, threshold.Key, levels.Warning, levels.Critical);
        if (threshold.IsWatchable)
            Keep(rule with { Warning = null, Critical = null });
    }

    /// <summary>The rule that there is, or else one like that for all services, or a new one.</summary>
    private AlertRule RuleOf(ThresholdDefinition threshold, string? service)
    {
        AlertRule general = options.Monitoring.Rules.FirstOrDefault(rule => Is(rule, threshold.Key, null)) ?? new AlertRule { Figure = threshold.Key };
        return service is null ? general
            : options.Monitoring.Rules.FirstOrDefault(rule => Is(rule, threshold.Key, service)) ?? general with { Service = service };
    }

    private void Keep(AlertRule rule)
    {
        IList<AlertRule> rules = options.Monitoring.Rules;
        for (int i = 0; i < rules.Count; i++)
        {
            if (!Is(rules[i], rule.Figure, rule.Service))
                continue;
            rules[i] = rule;
            return;
        }
        rules.Add(rule);
        if (rule.Service is not null)
            options.Monitoring.Derived.Add((rule.Figure, rule.Service));
    }

    private static bool Is(AlertRule? rule, string figure, string? service) =>
        rule is not null && rule.Service == service && figure.Equals(rule.Figure, StringComparison.OrdinalIgnoreCase);

    private string? Word(IConfigurationSection node)
    {
        if (node.GetChildren().Any() || node.Value is { Length: > MostOfAnAction } || (node.Value is { Length: > 0 } && string.IsNullOrWhiteSpace(node.Value)))
            options.ConfigurationErrors.Add($"{node.Path} is {(node.GetChildren().Any() ? "a section" : $"'{node.Value}'")}; allowed: a word or two, such as scale_up, up to {MostOfAnAction} characters.");
        return string.IsNullOrEmpty(node.Value) ? null : node.Value;
    }

    private TimeSpan? Time(IConfigurationSection node, TimeSpan most)
    {
        if (string.IsNullOrEmpty(node.Value) && !node.GetChildren().Any())
            return null;
        if (SettingText.TryNumber(node.Value ?? "", out double seconds) && seconds >= 0 && seconds <= most.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: a number (seconds), 0 to {LimitRange.Number(most.TotalSeconds)}.");
        return null;
    }

    private static string Keys(ThresholdDefinition threshold) =>
        threshold.IsWatchable ? $"{Warning}, {Critical}, {Action}, {Duration}, {CoolDown}" : $"{Warning}, {Critical} (audits judge it, and no alert watches it)";

    private double? Level(IConfigurationSection node, ThresholdDefinition threshold)
    {
        string allowed = $"a {(threshold.IsWhole ? "whole " : "")}number ({threshold.UnitText}), {threshold.Allowed}";
        if (node.GetChildren().Any())
            options.ConfigurationErrors.Add($"{node.Path} is a section; allowed: {allowed}.");
        // An empty value leaves the default, as environment variables cannot say "nothing" in another way.
        if (string.IsNullOrEmpty(node.Value))
            return null;
        if (SettingText.TryNumber(node.Value, out double value)
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

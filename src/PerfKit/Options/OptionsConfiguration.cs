using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Reads options from a configuration section. The framework's binder stops at the first value it cannot convert and
/// passes over keys it does not know; a misspelled limit would then be no limit. Here every mistake is kept for the
/// validator, which reports them all in one message.
/// </summary>
internal sealed class OptionsConfiguration(IConfiguration section) : IConfigureOptions<PerformanceAuditorOptions>
{
    private delegate bool Setter(PerformanceAuditorOptions options, string value);

    private const string ThresholdsKey = nameof(PerformanceAuditorOptions.Thresholds);
    private const string RulesKey = nameof(PerformanceAuditorOptions.SuppressedRules);
    private const string DisksKey = nameof(PerformanceAuditorOptions.DiskPaths);
    private const string ServiceTypesKey = "ServiceTypes";

    private static readonly Dictionary<string, (string Allowed, Setter Set)> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ApplicationName"] = ("text", (options, value) => { options.ApplicationName = value; return true; }),
        ["SamplingInterval"] = Duration((options, value) => options.SamplingInterval = value),
        ["SampleHistory"] = Duration((options, value) => options.SampleHistory = value),
        ["CoarseHistory"] = Duration((options, value) => options.CoarseHistory = value),
        ["AnalysisWindow"] = Duration((options, value) => options.AnalysisWindow = value),
        ["WaitWatching"] = (string.Join(", ", Enum.GetNames<WaitWatching>()), (options, value) =>
        {
            bool isKnown = Enum.TryParse(value, ignoreCase: true, out WaitWatching watching) && Enum.IsDefined(watching);
            if (isKnown)
                options.WaitWatching = watching;
            return isKnown;
        }),
        ["WaitWatchDuration"] = Duration((options, value) => options.WaitWatchDuration = value),
        ["AuditLogPath"] = ("a file's path", (options, value) => { options.AuditLogPath = value; return true; }),
        ["AuditLogMaxBytes"] = Whole((options, value) => options.AuditLogMaxBytes = value),
        ["AuditLogKeptFiles"] = Whole((options, value) => options.AuditLogKeptFiles = (int)Math.Clamp(value, int.MinValue, int.MaxValue)),
        ["OwnCpuPercent"] = (SettingText.Number, (options, value) =>
        {
            bool isNumber = SettingText.TryNumber(value, out double percent);
            if (isNumber)
                options.OwnCpuPercent = percent;
            return isNumber;
        }),
        ["ExportStartupActivities"] = ("true or false", (options, value) =>
        {
            bool isKnown = bool.TryParse(value, out bool isOn);
            options.ExportStartupActivities = isOn;
            return isKnown;
        }),
    };

    // Each threshold under the names of its two properties.
    private static readonly Dictionary<string, (ThresholdDefinition Threshold, string Allowed, Setter Set)> Limits = ThresholdCatalog.All
        .SelectMany(threshold => new[]
        {
            (Name: threshold.Property, Threshold: threshold, Limit: Limit(threshold, (limits, value) => threshold.SetWarning(limits, value))),
            (Name: threshold.Property + "Critical", Threshold: threshold, Limit: Limit(threshold, (limits, value) => threshold.SetCritical(limits, value))),
        })
        .ToDictionary(limit => limit.Name, limit => (limit.Threshold, limit.Limit.Allowed, limit.Limit.Set), StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells when the section has changed.</summary>
    public IConfiguration Section => section;

    public void Configure(PerformanceAuditorOptions options)
    {
        if (section is IConfigurationSection { Value: { Length: > 0 } value } scalar)
            options.ConfigurationErrors.Add($"{scalar.Path} is '{value}'; allowed: a section of settings.");
        var limits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IConfigurationSection child in section.GetChildren())
            Read(child, options, limits);
        // After the others: the same threshold set under both of its names is a mistake.
        var sections = new ThresholdSections(options, limits);
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (ThresholdSections.Groups.TryGetValue(child.Key, out ThresholdGroup group))
                sections.Read(child, group);
        }
    }

    private static void Read(IConfigurationSection node, PerformanceAuditorOptions options, Dictionary<string, string> limits)
    {
        if (node.Key.Equals(RulesKey, StringComparison.OrdinalIgnoreCase))
            ReadRules(node, options);
        else if (node.Key.Equals(DisksKey, StringComparison.OrdinalIgnoreCase))
            ReadDisks(node, options);
        else if (node.Key.Equals(ServiceTypesKey, StringComparison.OrdinalIgnoreCase))
            ReadServiceTypes(node, options);
        else if (node.Key.Equals(ThresholdsKey, StringComparison.OrdinalIgnoreCase))
            ReadLimits(node, options, limits);
        else if (Settings.TryGetValue(node.Key, out (string Allowed, Setter Set) setting))
            Set(node, setting.Allowed, setting.Set, options);
        else if (!ThresholdSections.Groups.ContainsKey(node.Key))
            Unknown(node, [.. Settings.Keys, RulesKey, DisksKey, ServiceTypesKey, ThresholdsKey, .. ThresholdSections.Groups.Keys], options);
    }

    private static void ReadLimits(IConfigurationSection node, PerformanceAuditorOptions options, Dictionary<string, string> limits)
    {
        if (!string.IsNullOrEmpty(node.Value))
            options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: a section of limits.");
        foreach (IConfigurationSection child in node.GetChildren())
        {
            if (!Limits.TryGetValue(child.Key, out (ThresholdDefinition Threshold, string Allowed, Setter Set) limit))
            {
                Unknown(child, Limits.Keys, options);
                continue;
            }
            limits[limit.Threshold.Key] = child.Path;
            Set(child, limit.Allowed, limit.Set, options);
        }
    }

    private static void Set(IConfigurationSection node, string allowed, Setter set, PerformanceAuditorOptions options)
    {
        if (node.GetChildren().Any())
            options.ConfigurationErrors.Add($"{node.Path} is a section; allowed: {allowed}.");
        // An empty value leaves the default, as environment variables cannot say "nothing" in another way.
        if (!string.IsNullOrEmpty(node.Value) && !set(options, node.Value))
            options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: {allowed}.");
    }

    private static void Unknown(IConfigurationSection node, IEnumerable<string> known, PerformanceAuditorOptions options) =>
        options.ConfigurationErrors.Add($"{node.Path} is not a setting; allowed: {string.Join(", ", known)}.");

    private static void ReadRules(IConfigurationSection node, PerformanceAuditorOptions options)
    {
        foreach ((string path, string text) in Texts(node))
        {
            if (RuleId.TryParse(text, CultureInfo.InvariantCulture, out RuleId rule))
                options.SuppressedRules.Add(rule);
            else
                options.ConfigurationErrors.Add($"{path} is '{text}'; allowed: a rule id, PK0001 to PK9999.");
        }
    }

    private static void ReadDisks(IConfigurationSection node, PerformanceAuditorOptions options)
    {
        foreach ((_, string text) in Texts(node))
            options.DiskPaths.Add(text);
    }

    // Names and their types; they go before the rules that are there.
    private static void ReadServiceTypes(IConfigurationSection node, PerformanceAuditorOptions options)
    {
        if (!string.IsNullOrEmpty(node.Value))
            options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: a section of names with a type each.");
        int place = 0;
        foreach (IConfigurationSection child in node.GetChildren())
        {
            ServiceType[] types = Array.FindAll(Enum.GetValues<ServiceType>(), type => type.ToString().Equals(child.Value, StringComparison.OrdinalIgnoreCase));
            if (string.IsNullOrWhiteSpace(child.Key))
                options.ConfigurationErrors.Add($"{node.Path} has the name '{child.Key}'; allowed: names of services that are not blank, with * and ?.");
            else if (types is [var type])
                options.ServiceTypeRules.Insert(place++, ServiceTypeRule.ByName(child.Key, type));
            else
                options.ConfigurationErrors.Add($"{child.Path} is '{child.Value}'; allowed: {string.Join(", ", Enum.GetNames<ServiceType>())}.");
        }
    }

    // A list, or one value with commas as in an environment variable.
    private static IEnumerable<(string Path, string Value)> Texts(IConfigurationSection node) => node.Value is { Length: > 0 } value
        ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => (node.Path, text))
        : node.GetChildren().Select(child => (child.Path, child.Value ?? ""));

    private static (string Allowed, Setter Set) Limit(ThresholdDefinition threshold, Action<Thresholds, double> set)
    {
        if (threshold.IsDuration)
            return Duration((options, value) => set(options.Thresholds, value.TotalSeconds));
        if (threshold.IsWhole)
            return Whole((options, value) => set(options.Thresholds, value));
        return (SettingText.Number, (options, text) =>
        {
            bool isNumber = SettingText.TryNumber(text, out double value);
            if (isNumber)
                set(options.Thresholds, value);
            return isNumber;
        });
    }

    private static (string Allowed, Setter Set) Duration(Action<PerformanceAuditorOptions, TimeSpan> set) => (SettingText.Duration, (options, text) =>
    {
        bool isTime = SettingText.TryDuration(text, out TimeSpan value);
        if (isTime)
            set(options, value);
        return isTime;
    });

    private static (string Allowed, Setter Set) Whole(Action<PerformanceAuditorOptions, long> set) => (SettingText.Whole, (options, text) =>
    {
        bool isNumber = SettingText.TryWhole(text, out long value);
        if (isNumber)
            set(options, value);
        return isNumber;
    });
}

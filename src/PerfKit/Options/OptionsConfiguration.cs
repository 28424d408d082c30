using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>
/// Reads options from a configuration section. The framework's binder stops at the first value it cannot convert and
/// passes over keys it does not know; a misspelled limit would then be no limit. Here every mistake is kept for the
/// validator, which reports them all in one message.
/// </summary>
internal sealed class OptionsConfiguration(IConfiguration section) : IConfigureOptions<PerformanceAuditorOptions>
{
    private delegate bool Setter(PerformanceAuditorOptions options, string value);

    private static readonly Dictionary<string, (string Allowed, Setter Set)> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ApplicationName"] = ("text", (options, value) => { options.ApplicationName = value; return true; }),
        ["SamplingInterval"] = Duration((options, value) => options.SamplingInterval = value),
        ["SampleHistory"] = Duration((options, value) => options.SampleHistory = value),
        ["AnalysisWindow"] = Duration((options, value) => options.AnalysisWindow = value),
        ["AuditLogPath"] = ("a file's path", (options, value) => { options.AuditLogPath = value; return true; }),
        ["AuditLogMaxBytes"] = Whole((options, value) => options.AuditLogMaxBytes = value),
        ["AuditLogKeptFiles"] = Whole((options, value) => options.AuditLogKeptFiles = (int)Math.Clamp(value, int.MinValue, int.MaxValue)),
        ["ExportStartupActivities"] = ("true or false", (options, value) =>
        {
            bool isKnown = bool.TryParse(value, out bool isOn);
            options.ExportStartupActivities = isOn;
            return isKnown;
        }),
        ["Thresholds:CpuPercent"] = Number((limits, value) => limits.CpuPercent = value),
        ["Thresholds:CpuPercentCritical"] = Number((limits, value) => limits.CpuPercentCritical = value),
        ["Thresholds:ServiceCpuCores"] = Number((limits, value) => limits.ServiceCpuCores = value),
        ["Thresholds:ServiceCpuCoresCritical"] = Number((limits, value) => limits.ServiceCpuCoresCritical = value),
        ["Thresholds:MemoryBytes"] = Whole((options, value) => options.Thresholds.MemoryBytes = value),
        ["Thresholds:MemoryBytesCritical"] = Whole((options, value) => options.Thresholds.MemoryBytesCritical = value),
        ["Thresholds:StartupSlow"] = Duration((options, value) => options.Thresholds.StartupSlow = value),
        ["Thresholds:StartupSlowCritical"] = Duration((options, value) => options.Thresholds.StartupSlowCritical = value),
        ["Thresholds:IoBytesPerSecond"] = Number((limits, value) => limits.IoBytesPerSecond = value),
        ["Thresholds:IoBytesPerSecondCritical"] = Number((limits, value) => limits.IoBytesPerSecondCritical = value),
        ["Thresholds:IoOperationsPerSecond"] = Number((limits, value) => limits.IoOperationsPerSecond = value),
        ["Thresholds:IoOperationsPerSecondCritical"] = Number((limits, value) => limits.IoOperationsPerSecondCritical = value),
        ["Thresholds:BlockedPoolThreads"] = Number((limits, value) => limits.BlockedPoolThreads = value),
        ["Thresholds:LockWaitThreads"] = Number((limits, value) => limits.LockWaitThreads = value),
        ["Thresholds:LockWaitThreadsCritical"] = Number((limits, value) => limits.LockWaitThreadsCritical = value),
        ["Thresholds:CpuWaitThreadsPerCore"] = Number((limits, value) => limits.CpuWaitThreadsPerCore = value),
        ["Thresholds:CpuWaitThreadsPerCoreCritical"] = Number((limits, value) => limits.CpuWaitThreadsPerCoreCritical = value),
        ["Thresholds:LeakBytesPerMinute"] = Number((limits, value) => limits.LeakBytesPerMinute = value),
        ["Thresholds:LeakBytesPerMinuteCritical"] = Number((limits, value) => limits.LeakBytesPerMinuteCritical = value),
        ["Thresholds:ThreadPoolQueueDelay"] = Duration((options, value) => options.Thresholds.ThreadPoolQueueDelay = value),
        ["Thresholds:ThreadPoolQueueDelayCritical"] = Duration((options, value) => options.Thresholds.ThreadPoolQueueDelayCritical = value),
        ["Thresholds:GcPausePercent"] = Number((limits, value) => limits.GcPausePercent = value),
        ["Thresholds:GcPausePercentCritical"] = Number((limits, value) => limits.GcPausePercentCritical = value),
        ["Thresholds:ExceptionsPerSecond"] = Number((limits, value) => limits.ExceptionsPerSecond = value),
        ["Thresholds:ExceptionsPerSecondCritical"] = Number((limits, value) => limits.ExceptionsPerSecondCritical = value),
        ["Thresholds:CpuThrottledPercent"] = Number((limits, value) => limits.CpuThrottledPercent = value),
        ["Thresholds:CpuThrottledPercentCritical"] = Number((limits, value) => limits.CpuThrottledPercentCritical = value),
        ["Thresholds:OperationP99"] = Duration((options, value) => options.Thresholds.OperationP99 = value),
        ["Thresholds:OperationP99Critical"] = Duration((options, value) => options.Thresholds.OperationP99Critical = value),
        ["Thresholds:OperationFailedPercent"] = Number((limits, value) => limits.OperationFailedPercent = value),
        ["Thresholds:OperationFailedPercentCritical"] = Number((limits, value) => limits.OperationFailedPercentCritical = value),
        ["Thresholds:BlockedPoolThreadsCritical"] = Number((limits, value) => limits.BlockedPoolThreadsCritical = value),
    };

    public void Configure(PerformanceAuditorOptions options)
    {
        if (section is IConfigurationSection { Value: { Length: > 0 } value } scalar)
            options.ConfigurationErrors.Add($"{scalar.Path} is '{value}'; allowed: a section of settings.");
        foreach (IConfigurationSection child in section.GetChildren())
            Read(child, child.Key, options);
    }

    private static void Read(IConfigurationSection node, string path, PerformanceAuditorOptions options)
    {
        if (path.Equals("SuppressedRules", StringComparison.OrdinalIgnoreCase))
        {
            ReadRules(node, options);
        }
        else if (Settings.TryGetValue(path, out (string Allowed, Setter Set) setting))
        {
            if (node.GetChildren().Any())
                options.ConfigurationErrors.Add($"{node.Path} is a section; allowed: {setting.Allowed}.");
            // An empty value leaves the default, as environment variables cannot say "nothing" in another way.
            if (!string.IsNullOrEmpty(node.Value) && !setting.Set(options, node.Value))
                options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: {setting.Allowed}.");
        }
        else if (path.Equals("Thresholds", StringComparison.OrdinalIgnoreCase))
        {
            if (!string.IsNullOrEmpty(node.Value))
                options.ConfigurationErrors.Add($"{node.Path} is '{node.Value}'; allowed: a section of limits.");
            foreach (IConfigurationSection child in node.GetChildren())
                Read(child, $"{path}:{child.Key}", options);
        }
        else
        {
            string prefix = path.Contains(':', StringComparison.Ordinal) ? "Thresholds:" : "";
            IEnumerable<string> known = Settings.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !key[prefix.Length..].Contains(':', StringComparison.Ordinal));
            string more = prefix.Length == 0 ? ", SuppressedRules, Thresholds" : "";
            options.ConfigurationErrors.Add(
                $"{node.Path} is not a setting; allowed: {string.Join(", ", known.Select(key => key[prefix.Length..]))}{more}.");
        }
    }

    private static void ReadRules(IConfigurationSection node, PerformanceAuditorOptions options)
    {
        // A list, or one value with commas as in an environment variable.
        IEnumerable<(string Path, string Value)> texts = node.Value is { Length: > 0 } value
            ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => (node.Path, text))
            : node.GetChildren().Select(child => (child.Path, child.Value ?? ""));
        foreach ((string path, string text) in texts)
        {
            if (RuleId.TryParse(text, CultureInfo.InvariantCulture, out RuleId rule))
                options.SuppressedRules.Add(rule);
            else
                options.ConfigurationErrors.Add($"{path} is '{text}'; allowed: a rule id, PK0001 to PK9999.");
        }
    }

    private static (string, Setter) Duration(Action<PerformanceAuditorOptions, TimeSpan> set) =>
        ("a time as [days.]hours:minutes:seconds, such as 00:00:01.5", (options, text) =>
        {
            // A bare number would be read as days: an error that nobody means.
            bool isTime = text.Contains(':', StringComparison.Ordinal) &
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan value);
            if (isTime)
                set(options, value);
            return isTime;
        });

    private static (string, Setter) Whole(Action<PerformanceAuditorOptions, long> set) => ("a whole number", (options, text) =>
    {
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value);
        if (isNumber)
            set(options, value);
        return isNumber;
    });

    private static (string, Setter) Number(Action<Thresholds, double> set) => ("a number such as 80 or 0.5", (options, text) =>
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (isNumber)
            set(options.Thresholds, value);
        return isNumber;
    });
}

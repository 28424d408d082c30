using System.Globalization;
using Microsoft.Extensions.Options;

namespace PerfKit;

/// <summary>Checks all options at once. Used by the container at start, and by auditors made without one.</summary>
internal sealed class PerformanceAuditorOptionsValidator : IValidateOptions<PerformanceAuditorOptions>
{
    private const int MaxSamples = 1_000_000;
    private const int MaxDisks = 64;
    private const int MaxServiceTypeRules = 256;

    public ValidateOptionsResult Validate(string? name, PerformanceAuditorOptions options)
    {
        List<string> errors = Errors(options);
        return errors.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("PerfKit's options are not valid:\n" + string.Join('\n', errors.Select(error => "  " + error)));
    }

    private static List<string> Errors(PerformanceAuditorOptions options)
    {
        var errors = new List<string>(options.ConfigurationErrors);
        if (options.ApplicationName is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > 256))
            errors.Add(Sentence(nameof(options.ApplicationName), $"'{name}'", "1 to 256 characters, not all blank"));
        Range(errors, nameof(options.SamplingInterval), options.SamplingInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        if (options.SamplingInterval > TimeSpan.Zero && options.SamplingInterval <= TimeSpan.FromMinutes(10))
        {
            Range(errors, nameof(options.SampleHistory), options.SampleHistory,
                options.SamplingInterval * 2, options.SamplingInterval * MaxSamples);
        }
        Range(errors, nameof(options.CoarseHistory), options.CoarseHistory, TimeSpan.Zero, TimeSpan.FromDays(7));
        Range(errors, nameof(options.AnalysisWindow), options.AnalysisWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (!Enum.IsDefined(options.WaitWatching))
            errors.Add(Sentence(nameof(options.WaitWatching), Text((int)options.WaitWatching), string.Join(", ", Enum.GetNames<WaitWatching>())));
        Range(errors, nameof(options.WaitWatchDuration), options.WaitWatchDuration, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        if (options.AuditLogPath is { } path && (string.IsNullOrWhiteSpace(path) || path.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) >= 0 || Path.EndsInDirectorySeparator(path) || Directory.Exists(path)))
            errors.Add(Sentence(nameof(options.AuditLogPath), $"'{path}'", "a file's path (no folder), or nothing for no audit log"));
        if (options.AuditLogMaxBytes is < 4096 or > 1 << 30)
            errors.Add(Sentence(nameof(options.AuditLogMaxBytes), Text(options.AuditLogMaxBytes), "4096 (4 KiB) to 1073741824 (1 GiB)"));
        if (options.AuditLogKeptFiles is < 0 or > 100)
            errors.Add(Sentence(nameof(options.AuditLogKeptFiles), Text(options.AuditLogKeptFiles), "0 to 100"));
        if (!(options.OwnCpuPercent is > 0 and <= 100))
            errors.Add(Sentence(nameof(options.OwnCpuPercent), Text(options.OwnCpuPercent), "above 0 up to 100, percent of one core"));
        if (options.DiskPaths.Count > MaxDisks || options.DiskPaths.Any(string.IsNullOrWhiteSpace))
            errors.Add(Sentence(nameof(options.DiskPaths), $"a list of {Text(options.DiskPaths.Count)}", $"up to {Text(MaxDisks)} folders, none of them blank"));
        if (options.ServiceTypeRules.Count > MaxServiceTypeRules || options.ServiceTypeRules.Any(rule => rule?.TypeOf is null || string.IsNullOrWhiteSpace(rule.Name)))
            errors.Add(Sentence(nameof(options.ServiceTypeRules), $"a list of {Text(options.ServiceTypeRules.Count)}", $"up to {Text(MaxServiceTypeRules)} rules, each with a name and a function"));
        if (options.Thresholds is null)
            errors.Add(Sentence(nameof(options.Thresholds), "null", "an instance"));
        else
            errors.AddRange(options.Thresholds.Validate().Select(error => $"{nameof(options.Thresholds)}.{error}"));
        errors.AddRange(options.Monitoring.Mistakes().Select(error => $"{nameof(options.Monitoring)}.{error}"));
        return errors;
    }

    private static void Range(List<string> errors, string name, TimeSpan value, TimeSpan low, TimeSpan high)
    {
        if (value < low || value > high)
            errors.Add(Sentence(name, Text(value), $"{Text(low)} to {Text(high)}"));
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Sentence(string name, string value, string allowed) => $"{name} is {value}; allowed: {allowed}.";
}

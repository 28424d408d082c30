namespace PerfKit.Reporting;

/// <summary>The order in which every renderer shows findings and advice.</summary>
internal static class ReportOrder
{
    public static IReadOnlyList<Finding> Ordered(this FindingsBlock block) =>
        [.. block.Findings.OrderByDescending(finding => finding.Severity).ThenByDescending(finding => Impact(finding))];

    /// <summary>How many findings there are of each severity that occurs, worst first.</summary>
    public static IEnumerable<(FindingSeverity Severity, int Count)> BySeverity(this FindingsBlock block) =>
        block.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => (group.Key, group.Count()));

    /// <summary>The impact within 0 to 100; not-a-number counts as 0.</summary>
    public static double Impact(Finding finding) => double.IsNaN(finding.Impact) ? 0 : Math.Clamp(finding.Impact, 0, 100);

    /// <summary>How many times the limit was measured; <see langword="null"/> when the two cannot be compared.</summary>
    public static double? TimesLimit(FindingEvidence evidence) =>
        evidence.Limit is { IsKnown: true } limit && evidence.Measured.IsKnown && limit.Unit == evidence.Measured.Unit && limit.Value > 0
            && evidence.Measured.Value / limit.Value is { } ratio and > 0 && double.IsFinite(ratio)
            ? ratio
            : null;

    /// <summary>"saves about 3.86 s of start-up time", or "up to" when that is the most; a text of its own when nothing can be predicted.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="name">Makes a name fit for the format.</param>
    public static string SavingText(Advice advice, Func<string, string> name) => advice.PredictedSaving is { IsKnown: true } saving
        ? $"saves {(advice.SavingIsUpperBound ? "up to" : "about")} {(string.IsNullOrEmpty(advice.SavingOf) ? saving.Format() : Of(saving, name(advice.SavingOf)))}"
        : "saving not predictable";

    /// <summary>"2.4× the limit"; <see langword="null"/> when the two cannot be compared.</summary>
    public static string? TimesLimitText(FindingEvidence evidence) =>
        TimesLimit(evidence) is { } ratio ? new Quantity(ratio, Unit.None).Format() + "× the limit" : null;

    // "2 threads" and "900 calls a second", but "2 s of start-up time".
    private static string Of(Quantity saving, string things) => saving.Unit switch
    {
        Unit.None or Unit.Count => $"{saving} {things}",
        Unit.CountPerSecond => $"{new Quantity(saving.Value, Unit.Count)} {things} a second",
        _ => $"{saving} of {things}",
    };
}

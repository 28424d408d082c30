using PerfKit.Analysis;

namespace PerfKit;

/// <summary>What a follow-up must be given: reports of one application, whole enough to be compared.</summary>
internal static class FollowUpArguments
{
    public static void Check(Recommendation recommendation, RuntimeReport before, RuntimeReport after)
    {
        Check(recommendation);
        Check(before, nameof(before));
        Check(after, nameof(after));
        CheckApplication(before.Application, after.Application, nameof(after));
    }

    public static void Check(Recommendation recommendation, IReadOnlyList<StartupReport> before, IReadOnlyList<StartupReport> after)
    {
        Check(recommendation);
        Check(before, nameof(before));
        Check(after, nameof(after));
        foreach (StartupReport report in before)
            CheckApplication(before[0].Application, report.Application, nameof(before));
        foreach (StartupReport report in after)
            CheckApplication(before[0].Application, report.Application, nameof(after));
    }

    private static void Check(Recommendation recommendation)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        if (recommendation.Expected is { Figure: null })
            throw new ArgumentException("recommendation.Expected.Figure is null; allowed: the name of a figure.", nameof(recommendation));
    }

    private static void Check(RuntimeReport report, string side)
    {
        ArgumentNullException.ThrowIfNull(report, side);
        if (report.Machine is null)
            throw new ArgumentException($"{side}.Machine is null; allowed: the machine it was made on.", side);
    }

    private static void Check(IReadOnlyList<StartupReport> reports, string side)
    {
        ArgumentNullException.ThrowIfNull(reports, side);
        if (reports.Count == 0)
            throw new ArgumentException($"{side} has no reports; allowed: 1 or more.", side);
        for (int i = 0; i < reports.Count; i++)
        {
            if (reports[i] is null)
                throw new ArgumentException(FormattableString.Invariant($"{side}[{i}] is null; allowed: a report."), side);
            if (reports[i].Machine is null)
                throw new ArgumentException(FormattableString.Invariant($"{side}[{i}].Machine is null; allowed: the machine it was made on."), side);
        }
    }

    private static void CheckApplication(string one, string other, string side)
    {
        if (one != other)
            throw new ArgumentException($"The reports are of the applications '{one}' and '{other}'; allowed: reports of one application.", side);
    }
}

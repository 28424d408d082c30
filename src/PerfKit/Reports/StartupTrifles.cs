using PerfKit.Reporting;

namespace PerfKit;

/// <summary>Folds what is too short to matter into one row: a container has dozens of services that take microseconds.</summary>
internal static class StartupTrifles
{
    private const double TrifleShare = 0.001;
    private const int FewestFolded = 4;

    /// <summary>A row for each that matters, and one for the rest.</summary>
    /// <param name="report">The start.</param>
    /// <param name="items">In the order of the rows.</param>
    /// <param name="time">What an item is judged by.</param>
    /// <param name="row">Its row.</param>
    /// <param name="rest">The row of the rest: how many they are, in words, and their times added up.</param>
    public static TableRow[] Folded<T>(
        StartupReport report, IEnumerable<T> items, Func<T, TimeSpan> time, Func<T, TableRow> row, Func<string, TimeSpan, TableRow> rest)
    {
        T[] all = [.. items];
        T[] trifles = [.. all.Where(item => time(item) < report.TotalStartupTime * TrifleShare)];
        return trifles.Length < FewestFolded
            ? [.. all.Select(row)]
            :
            [
                .. all.Except(trifles).Select(row),
                rest($"({trifles.Length} more, each below 0.1 %)", TimeSpan.FromTicks(trifles.Sum(item => time(item).Ticks))),
            ];
    }
}

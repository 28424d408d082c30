using System.Globalization;
using PerfKit.Analysis;

namespace PerfKit.Architecture.Tests;

/// <summary>
/// The tables of thresholds say what validation and configuration do: all of it comes from the catalog. With
/// <c>PERFKIT_APPROVE=1</c> they are written.
/// </summary>
public sealed class ThresholdPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "thresholds.md");

    [Fact]
    public void Page_has_a_table_of_each_group_as_the_catalog_says_it()
    {
        string page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        string expected = Enum.GetValues<ThresholdGroup>().Aggregate(page, WithTable);

        if (Environment.GetEnvironmentVariable("PERFKIT_APPROVE") == "1")
            File.WriteAllText(Page, expected);
        else
            Assert.Equal(expected, page);
    }

    /// <summary>The rows stand below the group's name and the table's head, and end with an empty line.</summary>
    private static string WithTable(string page, ThresholdGroup group)
    {
        const string Head = "| --- | --- | --- | --- | --- | --- |\n";
        int name = page.IndexOf($"\n`{group.ToString().ToLowerInvariant()}_thresholds`:", StringComparison.Ordinal);
        Assert.True(name >= 0, $"{Page} has no paragraph that begins with the name of {group}'s section.");
        int from = page.IndexOf(Head, name, StringComparison.Ordinal) + Head.Length;
        int to = page.IndexOf("\n\n", from, StringComparison.Ordinal);
        string rows = string.Join('\n', ThresholdCatalog.All.Where(threshold => threshold.Group == group).Select(Row));
        return page[..from] + rows + page[to..];
    }

    private static string Row(ThresholdDefinition threshold)
    {
        string warning = threshold.LevelsOf(new Thresholds()).Warning.ToString("#,0.######", CultureInfo.InvariantCulture);
        return $"| `{threshold.Key}` | `{threshold.Property}` | {threshold.UnitText} | {warning} | {threshold.CriticalWhenNotSet} | {threshold.Allowed} |";
    }
}

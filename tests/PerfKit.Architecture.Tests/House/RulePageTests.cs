using System.Reflection;
using PerfKit.Analysis;

namespace PerfKit.Architecture.Tests;

public sealed class RulePageTests
{
    private static readonly string[] Ids =
    [
        .. typeof(Rule).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(RuleId)).Select(property => property.GetValue(null)!.ToString()!),
    ];

    public static TheoryData<string> Rules => [.. Ids];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_its_page_and_its_line_in_the_concepts(string rule)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, Rule.HelpPath(RuleId.Parse(rule, null))));

        Assert.StartsWith($"# {rule}: ", page, StringComparison.Ordinal);
        foreach (string part in new[] { "What it means", "How it is found", "What to do", "How to suppress it" })
            Assert.Contains($"**{part}.**", page, StringComparison.Ordinal);
        Assert.Contains($"[{rule}](rules/{rule}.md)", File.ReadAllText(Path.Combine(Repository.Root, "docs", "concepts.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_have_ids_of_their_own() => Assert.Equal(Ids.Length, Ids.Distinct().Count());
}

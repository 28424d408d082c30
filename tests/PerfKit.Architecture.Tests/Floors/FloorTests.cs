using System.Reflection;

namespace PerfKit.Architecture.Tests;

public sealed class FloorTests
{
    public static TheoryData<string> Assemblies => [.. Repository.Assemblies];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Built_assembly_references_only_floors_below_its_own(string assembly)
    {
        IEnumerable<string> references = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!);

        Assert.Empty(FloorPlan.Violations(assembly, references));
    }

    [Fact]
    public void Every_floor_of_the_plan_has_its_folder_under_src()
    {
        Assert.Equal(FloorPlan.Floors.Keys.Order(StringComparer.Ordinal), Repository.Assemblies);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Table_in_the_architecture_page_names_the_same_floor(string assembly)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

        Assert.Contains($"| {FloorPlan.Floors[assembly]} | `{assembly}` |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_reference_to_a_lower_floor_or_outside_is_none()
    {
        Assert.Empty(FloorPlan.Violations("PerfKit.Analysis", ["PerfKit.Statistics", "PerfKit.Sampling", "System.Runtime", "PerfKitten"]));
    }

    [Theory]
    [InlineData("PerfKit.Statistics", "PerfKit")]                   // up
    [InlineData("PerfKit.Reporting", "PerfKit.Analysis")]           // sideways
    [InlineData("PerfKit.Analysis", "PerfKit.Unheard.Of")]
    public void Violations_planted_reference_is_found_among_good_ones(string assembly, string planted)
    {
        string violation = Assert.Single(FloorPlan.Violations(assembly, ["System.Runtime", planted, "System.Linq"]));

        Assert.Contains(planted, violation, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_unknown_assembly_is_told_where_to_add_itself()
    {
        Assert.Equal(
            ["PerfKit.New has no floor: add it to FloorPlan and to the table in docs/architecture.md."],
            FloorPlan.Violations("PerfKit.New", []));
    }
}

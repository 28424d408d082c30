using System.Reflection;
using System.Text;

namespace PerfKit.Architecture.Tests;

/// <summary>Each assembly's public surface is a text file, so that a change of it is always seen in review.</summary>
public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Assemblies => [.. Repository.Assemblies];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Public_surface_is_the_approved_one(string assembly)
    {
        string actual = PublicSurface.Describe(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("PERFKIT_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, "tests", "PerfKit.Architecture.Tests", "approved", $"{assembly}.txt"), actual);
            return;
        }

        string file = Path.Combine(AppContext.BaseDirectory, "approved", $"{assembly}.txt");
        string approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        if (actual != approved)
            Assert.Fail(Difference(assembly, approved, actual));
    }

    [Fact]
    public void Every_approved_file_belongs_to_an_assembly()
    {
        IEnumerable<string?> names = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests", "PerfKit.Architecture.Tests", "approved"), "*.txt")
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(names.Except(Repository.Assemblies));
    }

    [Fact]
    public void Difference_shows_what_went_what_came_and_how_to_approve()
    {
        Assert.Equal(
            """
            The public surface of PerfKit.X is not the approved one:
            - b
            + c
            If it is meant, run the architecture tests once with PERFKIT_APPROVE=1 and commit approved/PerfKit.X.txt.

            """.ReplaceLineEndings("\n"),
            Difference("PerfKit.X", "a\nb\n", "a\nc\n"));
    }

    private static string Difference(string assembly, string approved, string actual)
    {
        string[] before = approved.Split('\n'), after = actual.Split('\n');
        var text = new StringBuilder().Append("The public surface of ").Append(assembly).Append(" is not the approved one:\n");
        foreach (string line in before.Except(after))
            text.Append("- ").Append(line).Append('\n');
        foreach (string line in after.Except(before))
            text.Append("+ ").Append(line).Append('\n');
        return text.Append("If it is meant, run the architecture tests once with PERFKIT_APPROVE=1 and commit approved/")
            .Append(assembly).Append(".txt.\n").ToString();
    }
}

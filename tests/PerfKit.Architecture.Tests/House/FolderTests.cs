namespace PerfKit.Architecture.Tests;

/// <summary>A folder is a noun of the domain, never a kind of code.</summary>
public sealed class FolderTests
{
    private static readonly string[] KindsOfCode = ["Helpers", "Utils", "Models", "Interfaces", "Extensions", "Common", "Misc"];

    [Fact]
    public void No_folder_under_src_is_named_after_a_kind_of_code()
    {
        Assert.Empty(NamedAfterCode(Folders(new DirectoryInfo(Path.Combine(Repository.Root, "src")))));
    }

    [Fact]
    public void A_planted_folder_is_found_whatever_its_case()
    {
        Assert.Equal(["utils"], NamedAfterCode(["Startup", "utils", "Linux"]));
    }

    private static IEnumerable<string> NamedAfterCode(IEnumerable<string> names) => names.Intersect(KindsOfCode, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Folders(DirectoryInfo folder) =>
        folder.EnumerateDirectories().Where(inner => !Repository.IsMade(inner.Name)).SelectMany(inner => Folders(inner).Prepend(inner.Name));
}

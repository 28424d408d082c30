namespace PerfKit.Architecture.Tests;

/// <summary>The user's own configuration says where packages come from: the repository names no registry.</summary>
public sealed class BannedTextTests
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Put together from parts, so that this file is not its own first finding.</summary>
    private static readonly string[] Hosts =
    [
        string.Join('.', "nuget", "org"),
        string.Join('.', "nuget", "pkg", "github", "com"),
        string.Join('.', "pkgs", "dev", "azure", "com"),
        string.Join('.', "registry", "npmjs", "org"),
        string.Join('.', "pypi", "org"),
    ];

    [Fact]
    public void No_text_file_names_a_package_registry()
    {
        Assert.Empty(TextFiles(new DirectoryInfo(Repository.Root)).SelectMany(file => Findings(file.Name, file.Text)));
    }

    [Fact]
    public void A_planted_host_is_found_with_its_line()
    {
        Assert.Equal([$"a.md:2 names {Hosts[0]}"], Findings("a.md", $"fine\nsee HTTPS://API.{Hosts[0].ToUpperInvariant()}/v3\nfine"));
    }

    private static IEnumerable<string> Findings(string name, string text) =>
        from line in text.Split('\n').Index()
        from host in Hosts
        where line.Item.Contains(host, StringComparison.OrdinalIgnoreCase)
        select $"{name}:{line.Index + 1} names {host}";

    private static IEnumerable<(string Name, string Text)> TextFiles(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles().Where(file => file.Length <= MostBytes))
        {
            string text = File.ReadAllText(file.FullName);
            if (!text.Contains('\0', StringComparison.Ordinal))        // what has one is no text
                yield return (Path.GetRelativePath(Repository.Root, file.FullName), text);
        }

        foreach (DirectoryInfo inner in folder.EnumerateDirectories().Where(inner => !Repository.IsMade(inner.Name) || inner.Name == ".ci"))
        {
            foreach ((string, string) file in TextFiles(inner))
                yield return file;
        }
    }
}

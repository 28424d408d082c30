namespace PerfKit.Architecture.Tests;

/// <summary>The source tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The names of the folders directly under <c>src</c> that hold a project: the names of the assemblies.</summary>
    public static IReadOnlyList<string> Assemblies { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Folders that are made, not written.</summary>
    public static bool IsMade(string folderName) =>
        folderName is "bin" or "obj" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts" || folderName.StartsWith('.');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PerfKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds PerfKit.sln.");
    }
}

namespace PerfKit.Architecture.Tests;

/// <summary>What is not in the solution is not built by <c>eng/test.sh</c>, and breaks unseen.</summary>
public sealed class SolutionTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    [InlineData("samples")]
    public void Every_project_is_in_the_solution(string folder)
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "PerfKit.sln")).Replace('\\', '/');
        string[] projects = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)).SelectMany(it => Directory.EnumerateFiles(it, "*.csproj"))];

        IEnumerable<string> missing = projects
            .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));

        Assert.NotEmpty(projects);
        Assert.Empty(missing.ToArray());
    }
}

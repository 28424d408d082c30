namespace PerfKit.Benchmarking;

/// <summary>Which source was measured. Immutable.</summary>
/// <param name="Commit">The commit's hash; <see langword="null"/> when it is not known.</param>
/// <param name="Branch">The branch; <see langword="null"/> when it is not known, as with a detached head.</param>
public sealed record SourceRevision(string? Commit, string? Branch)
{
    /// <summary>Which variables name commit and branch: a pull request's own branch comes before the merged one.</summary>
    private static readonly (string Commit, string[] Branches)[] Systems =
    [
        ("GITHUB_SHA", ["GITHUB_HEAD_REF", "GITHUB_REF_NAME"]),
        ("CI_COMMIT_SHA", ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"]),           // GitLab
        ("GIT_COMMIT", ["CHANGE_BRANCH", "GIT_BRANCH"]),                                            // Jenkins
        ("BUILD_SOURCEVERSION", ["SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"]),         // Azure Pipelines
        ("CIRCLE_SHA1", ["CIRCLE_BRANCH"]),
        ("BITBUCKET_COMMIT", ["BITBUCKET_BRANCH"]),
        ("BUILDKITE_COMMIT", ["BUILDKITE_BRANCH"]),
        ("BUILD_VCS_NUMBER", ["TEAMCITY_BUILD_BRANCH"]),                                            // TeamCity
        ("APPVEYOR_REPO_COMMIT", ["APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", "APPVEYOR_REPO_BRANCH"]),
        ("DRONE_COMMIT_SHA", ["DRONE_SOURCE_BRANCH", "DRONE_BRANCH"]),
        ("TRAVIS_COMMIT", ["TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_BRANCH"]),
    ];

    /// <summary>
    /// Asks the environment variables of common CI systems, and then the files of the Git repository that holds the folder. No
    /// program is started.
    /// </summary>
    /// <param name="folder">Inside the repository; <see langword="null"/> for the current folder.</param>
    /// <returns>What is known; <see langword="null"/> when nothing is.</returns>
    public static SourceRevision? Detect(string? folder = null) => Detect(folder ?? Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable);

    internal static SourceRevision? Detect(string folder, Func<string, string?> variable)
    {
        foreach ((string commitName, string[] branchNames) in Systems)
        {
            if (Known(variable(commitName)) is { } commit)
                return new SourceRevision(commit, branchNames.Select(name => Known(variable(name))).FirstOrDefault(branch => branch is not null));
        }

        return GitFolder.Read(folder);
    }

    private static string? Known(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;

        value = value.Trim();
        foreach (string prefix in (string[])["refs/heads/", "origin/"])     // Azure Pipelines; Jenkins
        {
            if (value.StartsWith(prefix, StringComparison.Ordinal))
                value = value[prefix.Length..];
        }

        return value.Length is > 0 and <= 256 ? value : null;
    }
}

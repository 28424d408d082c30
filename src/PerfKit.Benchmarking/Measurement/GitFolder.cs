namespace PerfKit.Benchmarking;

/// <summary>Reads commit and branch from a repository's files (gitrepository-layout(5)), so that no Git need be installed.</summary>
internal static class GitFolder
{
    private const int MaxDepth = 64;
    private const string RefPrefix = "ref: ";
    private const string BranchPrefix = "refs/heads/";

    public static SourceRevision? Read(string folder)
    {
        try
        {
            if (Find(folder) is not { } git || FirstLine(Path.Combine(git, "HEAD")) is not { } head)
                return null;
            if (!head.StartsWith(RefPrefix, StringComparison.Ordinal))
                return new SourceRevision(Hash(head), Branch: null);

            string name = head[RefPrefix.Length..].Trim();
            string? branch = name.StartsWith(BranchPrefix, StringComparison.Ordinal) && name.Length - BranchPrefix.Length is > 0 and <= 256
                ? name[BranchPrefix.Length..]
                : null;
            string? commit = CommitOf(git, name);
            return commit is null && branch is null ? null : new SourceRevision(commit, branch);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The folder <c>.git</c>, or the one that a file of that name points to, as in a worktree or a submodule.</summary>
    private static string? Find(string folder)
    {
        DirectoryInfo? at = new(folder);
        for (int depth = 0; at is not null && depth < MaxDepth; at = at.Parent, depth++)
        {
            string path = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(path))
                return path;
            if (File.Exists(path) && FirstLine(path) is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal))
                return Path.GetFullPath(Path.Combine(at.FullName, line["gitdir: ".Length..].Trim()));
        }

        return null;
    }

    private static string? CommitOf(string git, string name)
    {
        // A worktree keeps its HEAD itself; branches are with the repository it belongs to.
        string shared = FirstLine(Path.Combine(git, "commondir")) is { } common ? Path.GetFullPath(Path.Combine(git, common.Trim())) : git;
        foreach (string root in (string[])[git, shared])
        {
            // Never out of the repository, whatever the HEAD says.
            string path = Path.GetFullPath(Path.Combine(root, name));
            if (path.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Hash(FirstLine(path)) is { } loose)
                return loose;
        }

        string packed = Path.Combine(shared, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).Where(line => line.EndsWith(' ' + name, StringComparison.Ordinal)).Select(line => Hash(line.Split(' ')[0])).FirstOrDefault()
            : null;
    }

    private static string? FirstLine(string path) => File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;

    private static string? Hash(string? text) => text?.Trim() is { Length: 40 or 64 } hash && hash.All(char.IsAsciiHexDigit) ? hash : null;
}

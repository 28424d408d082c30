namespace PerfKit.Benchmarking.Tests;

public sealed class SourceRevisionTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef01234567";

    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("GITHUB_SHA=abc GITHUB_REF_NAME=17/merge GITHUB_HEAD_REF=topic", "abc", "topic")]
    [InlineData("GITHUB_SHA=abc GITHUB_REF_NAME=main GITHUB_HEAD_REF=", "abc", "main")]
    [InlineData("CI_COMMIT_SHA=abc CI_COMMIT_REF_NAME=main", "abc", "main")]
    [InlineData("GIT_COMMIT=abc GIT_BRANCH=origin/main", "abc", "main")]
    [InlineData("BUILD_SOURCEVERSION=abc BUILD_SOURCEBRANCH=refs/heads/main", "abc", "main")]
    [InlineData("CIRCLE_SHA1=abc", "abc", null)]
    public void Detect_variables_of_a_system_name_commit_and_branch(string variables, string commit, string? branch)
    {
        var values = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(new SourceRevision(commit, branch), SourceRevision.Detect(_folder, values.GetValueOrDefault));
    }

    [Fact]
    public void Detect_repository_with_a_loose_branch_is_read_from_a_folder_inside()
    {
        Write(".git/HEAD", "ref: refs/heads/topic/one\n");
        Write(".git/refs/heads/topic/one", Hash + "\n");
        string inside = Directory.CreateDirectory(Path.Combine(_folder, "src", "deep")).FullName;

        Assert.Equal(new SourceRevision(Hash, "topic/one"), SourceRevision.Detect(inside, _ => null));
    }

    [Fact]
    public void Detect_packed_branch_is_read()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled\n{new string('f', 40)} refs/heads/not-main\n{Hash} refs/heads/main\n");

        Assert.Equal(new SourceRevision(Hash, "main"), SourceRevision.Detect(_folder, _ => null));
    }

    [Fact]
    public void Detect_detached_head_has_no_branch()
    {
        Write(".git/HEAD", Hash + "\n");

        Assert.Equal(new SourceRevision(Hash, null), SourceRevision.Detect(_folder, _ => null));
    }

    [Fact]
    public void Detect_worktree_finds_the_branch_with_its_repository()
    {
        Write("main/.git/refs/heads/topic", Hash);
        Write("main/.git/worktrees/w/HEAD", "ref: refs/heads/topic");
        Write("main/.git/worktrees/w/commondir", "../..\n");
        Write("w/.git", $"gitdir: {Path.Combine(_folder, "main/.git/worktrees/w")}\n");

        Assert.Equal(new SourceRevision(Hash, "topic"), SourceRevision.Detect(Path.Combine(_folder, "w"), _ => null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ref: refs/heads/")]
    [InlineData("ref: ../../secret")]
    [InlineData("nonsense\0")]
    public void Detect_broken_head_makes_nothing_up(string head)
    {
        Write("secret", Hash);
        Write("repository/.git/HEAD", head);

        SourceRevision? revision = SourceRevision.Detect(Path.Combine(_folder, "repository"), _ => null);

        Assert.Null(revision?.Commit);
        Assert.Null(revision?.Branch);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

namespace PerfKit.Reporting.Tests;

public sealed class SavingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-reporting-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("report.txt", "Catalogue")]
    [InlineData("report.MD", "# Catalogue")]
    [InlineData("report.json", "{")]
    [InlineData("report.html", "<!DOCTYPE html>")]
    public async Task SaveAsync_goes_by_the_extension_and_makes_the_folder(string name, string beginning)
    {
        string path = Path.Combine(_folder, "new", "folder", name);

        await SampleDocument.Create().SaveAsync(path);

        Assert.StartsWith(beginning, await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("report.pdf", "its extension is '.pdf'")]
    [InlineData("report", "its extension is missing")]
    public async Task SaveAsync_with_an_unknown_extension_names_the_path_and_what_is_allowed(string name, string why)
    {
        string path = Path.Combine(_folder, name);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => SampleDocument.Create().SaveAsync(path));

        Assert.StartsWith($"Cannot tell how to write '{path}': {why}. Use .txt, .md, .json, .html, .trace, or pass a renderer.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task SaveAsync_with_a_renderer_takes_any_extension()
    {
        string path = Path.Combine(_folder, "report.log");

        await SampleDocument.Create().SaveAsync(path, ReportRenderers.Text);

        Assert.StartsWith("Catalogue", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_replaces_what_was_there()
    {
        string path = Path.Combine(_folder, "report.txt");
        await File.WriteAllTextAsync(path, new string('x', 1_000_000));

        await SampleDocument.Create().SaveAsync(path);

        Assert.Equal(SampleDocument.Create().Render(ReportRenderers.Text), await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task SaveAsync_when_rendering_fails_leaves_the_old_report_whole()
    {
        string path = Path.Combine(_folder, "report.txt");
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAsync<InvalidOperationException>(() => SampleDocument.Create().SaveAsync(path, new FailingRenderer()));

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task SaveAsync_when_canceled_leaves_the_old_report_whole_and_no_temporary_file()
    {
        string path = Path.Combine(_folder, "report.txt");
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            SampleDocument.Create().SaveAsync(path, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task SaveAsync_when_the_move_fails_leaves_no_temporary_file()
    {
        string path = Path.Combine(_folder, "report.txt");
        Directory.CreateDirectory(path);

        await Assert.ThrowsAnyAsync<Exception>(() => SampleDocument.Create().SaveAsync(path));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    private sealed class FailingRenderer : IReportRenderer
    {
        public string MediaType => "text/plain";

        public string FileExtension => ".txt";

        public void Render(ReportDocument document, TextWriter output)
        {
            output.Write("half");
            throw new InvalidOperationException("half way");
        }
    }
}

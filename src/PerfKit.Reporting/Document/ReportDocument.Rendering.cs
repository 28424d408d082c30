using System.Globalization;
using System.Text;

namespace PerfKit.Reporting;

public sealed partial record ReportDocument
{
    /// <summary>The document as text.</summary>
    /// <param name="renderer">One of <see cref="ReportRenderers"/>, or your own.</param>
    public string Render(IReportRenderer renderer)
    {
        ArgumentNullException.ThrowIfNull(renderer);
        using var output = new StringWriter(new StringBuilder(4096), CultureInfo.InvariantCulture) { NewLine = "\n" };
        renderer.Render(this, output);
        return output.ToString();
    }

    /// <summary>
    /// Writes the document to a file as UTF-8, whole or not at all: a report that stands there already is replaced only once
    /// the new one is complete. Missing folders are created.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="renderer">How; <see langword="null"/> goes by the extension: .txt, .md, .json or .html.</param>
    /// <param name="cancellationToken">Stops the writing; an existing file then stays as it was.</param>
    /// <exception cref="ArgumentException">The path is empty, or no renderer is given and the extension names none.</exception>
    public async Task SaveAsync(string path, IReportRenderer? renderer = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string content = Render(renderer ?? RendererFor(path));
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' is a folder, not a file.", nameof(path));
        Directory.CreateDirectory(folder);

        // Beside the target, so that the move stays within one volume and replaces in one step.
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllTextAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static IReportRenderer RendererFor(string path)
    {
        string extension = Path.GetExtension(path);
        return ReportRenderers.All.FirstOrDefault(renderer =>
                string.Equals(renderer.FileExtension, extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"Cannot tell how to write '{path}': its extension is {(extension.Length == 0 ? "missing" : $"'{extension}'")}. "
                + $"Use {string.Join(", ", ReportRenderers.All.Select(renderer => renderer.FileExtension))}, or pass a renderer.",
                nameof(path));
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more than that its leftover stayed behind.
        }
    }
}

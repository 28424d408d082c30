using PerfKit;
using PerfKit.Reporting;

namespace QuickStart;

/// <summary>The reports as files: the two audits as data, and both together to read.</summary>
internal static class ReportFiles
{
    /// <summary>Makes the folder, before anybody has waited for a report that could not be kept.</summary>
    /// <returns>What is wrong with it; <c>null</c> when all is well.</returns>
    public static string? Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"--out {folder} cannot be used: {exception.Message}";
        }
    }

    /// <summary>Writes the four files.</summary>
    /// <returns>Their paths.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, StartupReport startup, RuntimeReport runtime)
    {
        string startupFile = Path.Combine(folder, "startup-report.json");
        string runtimeFile = Path.Combine(folder, "runtime-report.json");
        string markdownFile = Path.Combine(folder, "report.md");
        string htmlFile = Path.Combine(folder, "report.html");

        await startup.SaveJsonAsync(startupFile);
        await runtime.SaveJsonAsync(runtimeFile);
        ReportDocument document = ReportDocument.Combine("QuickStart", startup.ToDocument(), runtime.ToDocument());
        await document.SaveAsync(markdownFile);
        await document.SaveAsync(htmlFile);
        return [startupFile, runtimeFile, markdownFile, htmlFile];
    }
}

using System.Diagnostics;

namespace PerfKit.Integration.Tests;

/// <summary>A real browser without a window. eng/test.sh installs it.</summary>
internal static class Browser
{
    /// <summary>Runs the browser to its end.</summary>
    /// <param name="folder">Where it may keep its profile.</param>
    /// <param name="arguments">What to do, and with which page.</param>
    /// <returns>What it wrote, and what the page wrote to its console.</returns>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        string console = string.Join('\n', (await errors).Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal)));
        Assert.True(process.ExitCode == 0, await errors);
        return output + console;
    }

    /// <summary>Opens a page, in real time, until it writes to its console.</summary>
    /// <param name="folder">Where the browser may keep its profile.</param>
    /// <param name="arguments">The size, and the page.</param>
    /// <returns>The first line of the page's console.</returns>
    /// <remarks>A browser without a window now and then draws no frame at all: then another is asked, up to three.</remarks>
    public static async Task<string> FirstConsoleLineAsync(string folder, params string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            using Process process = Start(folder, ["--remote-debugging-port=0", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", .. arguments]);
            try
            {
                return await FirstConsoleLineAsync(process);
            }
            catch (OperationCanceledException) when (attempt < 3)
            {
                // asked again
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
    }

    private static async Task<string> FirstConsoleLineAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("CONSOLE", StringComparison.Ordinal))
                return line;
        }
        return "";
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(FindBrowser()) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] quiet =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-quic", "--hide-scrollbars", "--enable-logging=stderr", $"--user-data-dir={Path.Combine(folder, Guid.NewGuid().ToString("N"))}",
        ];
        foreach (string argument in quiet.Concat(arguments))
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string FindBrowser()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No chromium in PATH. eng/test.sh installs it; otherwise install your system's package.");
    }
}

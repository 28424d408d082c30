using System.Diagnostics;
using System.Reflection;

namespace PerfKit.Integration.Tests;

/// <summary>The promise that a run is kept when its append completed: asked of real processes that are killed while they write.</summary>
public sealed class KilledWriterTests
{
    [Fact]
    public async Task SqliteStore_processes_killed_while_they_write_lose_nothing_they_were_told_is_kept()
    {
        var start = new ProcessStartInfo("dotnet", [Program(), "--kills", "20"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches("20 kills of a writing process +0 of [1-9][0-9]* committed runs lost, 0 databases unreadable", output);
        Assert.Matches("4 processes writing at once +0 of 320 runs missing", output);
    }

    private static string Program()
    {
        string configuration = typeof(KilledWriterTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfKit.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "benchmarks", "PerfKit.StoreBenchmark", "bin", configuration, "net10.0", "PerfKit.StoreBenchmark.dll");
    }
}

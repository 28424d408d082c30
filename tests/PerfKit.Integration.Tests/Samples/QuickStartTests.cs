using System.Diagnostics;
using System.Reflection;
using PerfKit.Analysis;

namespace PerfKit.Integration.Tests;

/// <summary>The README's first command, as a user runs it: a process of its own.</summary>
public sealed class QuickStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-quickstart-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task QuickStart_names_its_own_faults_and_writes_four_reports()
    {
        HashSet<(RuleId, string)> missing =
        [
            (Rule.StartupSlow, "search-index"), (Rule.CpuIntensive, "price-worker"), (Rule.IoBound, "stock-journal"),
            (Rule.BlockingOperation, "supplier-quotes"),
        ];
        // A machine that is busy with something else may keep a fault from happening; it is not so busy three times.
        for (int attempt = 0; attempt < 3 && missing.Count > 0; attempt++)
        {
            (int exitCode, string output) = await RunAsync("--seconds", "6", "--out", _folder);

            Assert.True(exitCode == 0, output);
            Assert.All(["startup-report.json", "runtime-report.json", "report.md", "report.html"],
                name => Assert.True(new FileInfo(Path.Combine(_folder, name)).Length > 1_000, name));
            missing.ExceptWith(Found(StartupReport.FromJson(await File.ReadAllTextAsync(Path.Combine(_folder, "startup-report.json"))).Bottlenecks));
            missing.ExceptWith(Found(RuntimeReport.FromJson(await File.ReadAllTextAsync(Path.Combine(_folder, "runtime-report.json"))).Bottlenecks));
        }
        Assert.Empty(missing);
    }

    [Fact]
    public async Task QuickStart_with_an_argument_it_does_not_know_says_so_and_ends_with_2()
    {
        (int exitCode, string output) = await RunAsync("--secnds", "6");

        Assert.Equal(2, exitCode);
        Assert.Contains("--secnds", output, StringComparison.Ordinal);
    }

    private static IEnumerable<(RuleId, string)> Found(IEnumerable<Bottleneck> bottlenecks) =>
        bottlenecks.Select(found => (found.Rule, found.Service));

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments.Prepend(Program()))
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output + await errors);
    }

    private static string Program()
    {
        string configuration = typeof(QuickStartTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfKit.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples", "QuickStart", "bin", configuration, "net10.0", "QuickStart.dll");
    }
}

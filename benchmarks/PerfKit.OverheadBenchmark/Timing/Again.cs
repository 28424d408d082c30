using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>This program once more, for what needs a process of its own.</summary>
internal static class Again
{
    /// <summary>Runs it.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string argument, bool isShort)
    {
        // Started as "dotnet Program.dll" or as the program itself.
        bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string arguments = isShort ? $"{argument} --short" : argument;
        var start = new ProcessStartInfo(Environment.ProcessPath!, isHost ? $"\"{Environment.GetCommandLineArgs()[0]}\" {arguments}" : arguments)
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The program could not be started again.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The program, started again, ended with {process.ExitCode}.");
    }
}

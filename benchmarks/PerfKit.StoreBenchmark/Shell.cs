using System.ComponentModel;
using System.Diagnostics;

namespace PerfKit.StoreBenchmark;

/// <summary>The sqlite3 command-line shell.</summary>
internal static class Shell
{
    /// <summary>The shell's version; <see langword="null"/> when there is none.</summary>
    public static string? Version()
    {
        try
        {
            return Run(":memory:", "SELECT sqlite_version();\n").Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public static string Run(string database, string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("sqlite3", ["-batch", "-bail", database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The sqlite3 shell ended with {process.ExitCode}.");
    }
}

using System.Diagnostics;
using System.Globalization;

namespace PerfKit.TrackingBenchmark;

/// <summary>Runs the rounds in a process of their own: where code and data lie differs between processes, and moves the figure by points.</summary>
internal static class Processes
{
    /// <summary>The argument that makes a process one of them; the number of rounds follows.</summary>
    public const string Argument = "--rounds";

    /// <summary>In the process: measures, and tells.</summary>
    public static void Tell(int services, int rounds)
    {
        Rounds.Run(10, () => Shapes.Make(services)); // PerfKit's own code is compiled, too
        Comparison first = Rounds.Run(rounds, () => Shapes.Make(services));
        Type[] known = Shapes.Make(services);
        Comparison again = Rounds.Run(rounds * 5, () => known);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first.Added:R}\t{again.Added:R}\t{first}"));
    }

    /// <summary>Starts one, and reads what it tells: what is added the first time, and again; and a line for people.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static (double First, double Again, string Line) Run(int rounds)
    {
        string host = Environment.ProcessPath!;
        bool isShared = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] own = [Argument, rounds.ToString(CultureInfo.InvariantCulture)];
        using Process process = Process.Start(new ProcessStartInfo(host, isShared ? ["exec", typeof(Processes).Assembly.Location, .. own] : own)
        {
            RedirectStandardOutput = true,
        })!;
        string[] told = process.StandardOutput.ReadToEnd().Trim().Split('\t');
        process.WaitForExit();
        return process.ExitCode == 0 && told.Length == 3
            ? (double.Parse(told[0], CultureInfo.InvariantCulture), double.Parse(told[1], CultureInfo.InvariantCulture), told[2])
            : throw new InvalidOperationException($"A measuring process ended with {process.ExitCode}.");
    }
}

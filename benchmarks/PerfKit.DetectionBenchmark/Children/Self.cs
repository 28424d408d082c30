using System.Diagnostics;
using System.Reflection;

namespace PerfKit.DetectionBenchmark;

/// <summary>Starts this program again, whatever it is called.</summary>
internal static class Self
{
    public const string ChildCommand = "--child";
    public const string NeighborCommand = "--neighbor";

    public static Process Start(IEnumerable<string> arguments)
    {
        string host = Environment.ProcessPath!;
        bool isShared = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (isShared)
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

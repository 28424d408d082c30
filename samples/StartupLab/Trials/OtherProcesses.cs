using System.Globalization;

namespace StartupLab;

/// <summary>
/// CPU time that other processes took meanwhile: what all of the machine used (proc_stat(5)) less what the site did. A start
/// that competes for cores cannot show what starting together wins. Linux only.
/// </summary>
internal sealed class OtherProcesses
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on all that .NET runs on

    private readonly double? _busy = BusySeconds();
    private readonly long _began = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>Cores that others kept busy since this was made; <c>null</c> where unknown.</summary>
    /// <param name="own">The CPU time of the site's process.</param>
    public double? CoresSince(TimeSpan own) => BusySeconds() - _busy is double busy
        ? Math.Max(0, busy - own.TotalSeconds) / System.Diagnostics.Stopwatch.GetElapsedTime(_began).TotalSeconds
        : null;

    // user, nice, system, idle, iowait, irq, softirq, steal
    private static double? BusySeconds()
    {
        try
        {
            double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
                .Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}

using System.Globalization;
using PerfKit;

namespace QuickStart;

/// <summary>How far the run is: one line that is written over on a console, a line each in a file.</summary>
internal sealed class ProgressLine(ShopClient client) : IProgress<AuditProgress>
{
    // Not Progress<T>: that one reports on the thread pool, so a late line could end up below the report.
    public void Report(AuditProgress value)
    {
        (double elapsed, double total) = (value.Elapsed.TotalSeconds, value.Total.TotalSeconds);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"serving and measuring: {elapsed:F0} of {total:F0} s, {client.Requests:N0} requests answered");
        if (Console.IsOutputRedirected)
            Console.WriteLine(text);
        else
            Console.Write("\r" + text + "   ");
    }

    /// <summary>Ends the line.</summary>
    public static void Finish()
    {
        if (!Console.IsOutputRedirected)
            Console.WriteLine();
    }
}

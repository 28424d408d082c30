using System.Globalization;

namespace StartupLab;

/// <summary>
/// How many threads of other processes wanted a CPU while the trial ran: what the kernel counts as running, less the one or
/// two of the site. A start that competes for cores cannot show what starting together wins. Linux only.
/// </summary>
internal sealed class MachineLoad : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private long _sum;
    private long _count;

    public MachineLoad()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runnable threads on average, the site's own included; <c>null</c> where unknown.</summary>
    public double? Runnable => Interlocked.Read(ref _count) is > 0 and long count ? (double)Interlocked.Read(ref _sum) / count : null;

    public void Dispose()
    {
        _closing.Cancel();
        _thread.Join();
        _closing.Dispose();
    }

    // The fourth field of /proc/loadavg: "running/all" (proc_loadavg(5)); one of them is this thread.
    private void Watch()
    {
        while (!_closing.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20)))
        {
            try
            {
                string[] fields = File.ReadAllText("/proc/loadavg").Split(' ');
                Interlocked.Add(ref _sum, int.Parse(fields[3].Split('/')[0], CultureInfo.InvariantCulture) - 1);
                Interlocked.Increment(ref _count);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
            {
                return;
            }
        }
    }
}

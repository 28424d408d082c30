using System.Diagnostics;
using System.Globalization;
using PerfKit.Pinning;

namespace PerfKit.WebBenchmark;

/// <summary>This program once more, as a site that has the first core to itself.</summary>
internal sealed class SiteProcess : IDisposable
{
    private readonly Process _process;

    public SiteProcess(Instruments instruments)
    {
        Instruments = instruments;
        // Started by "dotnet X.dll" the process is dotnet, and needs to be told which program.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(SiteProcess).Assembly.Location);
        start.ArgumentList.Add(ServedSite.Argument);
        start.ArgumentList.Add(instruments.ToString());
        // On one core the compiler waits ten times as long before it makes code better; the site is to be warm soon.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        Cores.Pin(0); // a process inherits the cores of the thread that starts it
        _process = Process.Start(start)!;
        Cores.Pin(1);
        Port = int.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The site did not start."), CultureInfo.InvariantCulture);
    }

    public Instruments Instruments { get; }

    public int Port { get; }

    public void Dispose()
    {
        _process.StandardInput.Close(); // its sign to end
        if (!_process.WaitForExit(5_000))
            _process.Kill();
        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;

namespace PerfKit.LoadBenchmark;

/// <summary>This program once more, as the server.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess()
    {
        // Started by "dotnet X.dll" the process is dotnet, and needs to be told which program.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add(LatencyServer.Argument);
        _process = Process.Start(start)!;
        Port = int.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start."), CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();     // its sign to end
        if (!_process.WaitForExit(5_000))
            _process.Kill();
        _process.Dispose();
    }
}

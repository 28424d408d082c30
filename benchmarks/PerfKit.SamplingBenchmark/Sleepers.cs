using System.Diagnostics;
using System.Globalization;

namespace PerfKit.SamplingBenchmark;

/// <summary>Processes that sleep.</summary>
internal sealed class Sleepers : IDisposable
{
    private readonly List<Process> _processes = [];

    public Sleepers(int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
                _processes.Add(Process.Start("sleep", TimeSpan.FromMinutes(10).TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyCollection<int> Ids => [.. _processes.Select(process => process.Id)];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _processes.Clear();
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace PerfKit.Sampling;

/// <summary>Goes through the processes that <see cref="Process"/> lists.</summary>
internal sealed class PortableProcessScan : IProcessScan
{
    public bool KnowsParents => false;

    public void Scan(List<ProcessInfo> found, CancellationToken ct)
    {
        foreach (Process process in All())
        {
            using (process)
            {
                ct.ThrowIfCancellationRequested();
                if (Try(() => process.ProcessName) is { } name) found.Add(Read(process, name));
            }
        }
    }

    public void Release()
    {
    }

    private static ProcessInfo Read(Process process, string name) => new()
    {
        Id = process.Id,
        Name = name,
        StartedAt = Figure(() => new DateTimeOffset(process.StartTime)),
        CpuTime = Figure(() => process.TotalProcessorTime),
        WorkingSetBytes = Figure(() => process.WorkingSet64),
        ThreadCount = Figure(() => process.Threads.Count),
        IsCurrent = process.Id == Environment.ProcessId,
    };

    private static Process[] All() => Try(Process.GetProcesses) ?? [];

    private static T? Figure<T>(Func<T> read)
        where T : struct => Try(() => (T?)read());

    /// <summary>A process that ended, or that belongs to somebody else, throws where it has no answer.</summary>
    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return default;
        }
    }
}

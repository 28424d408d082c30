using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using PerfKit.Sampling;

namespace PerfKit.Benchmarks.Sampling;

/// <summary>
/// Question: what does a sample cost above the system calls it cannot do without, and against the usual way of asking?
/// Baseline: bare reads of the same files on handles kept open, nothing parsed. The sample adds parsing, the CPU clock, the
/// runtime's own figures, the rates and the history. The usual way reads fewer figures: CPU time, working set, threads, I/O.
/// Left out of the limit: the control group's files, getrusage, the pool's heartbeat. Left out of all: the thread's wake-up. Linux only.
/// Read the ratios: the kernel's share grows with the machine's processors and the process's threads.
/// </summary>
[MemoryDiagnoser]
public class SampleBenchmarks : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly SafeFileHandle[] _whole = [File.OpenHandle("/proc/self/statm"), File.OpenHandle("/proc/self/io"), File.OpenHandle("/proc/stat")];
    private readonly SafeFileHandle[] _machine =
    [
        .. new[] { "/proc/meminfo", "/proc/loadavg", "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/proc/diskstats", "/proc/net/dev" }
            .Where(File.Exists).Select(path => File.OpenHandle(path)),
    ];
    private readonly ResourceSampler _sampler = new();
    private readonly Process _process = Process.GetCurrentProcess();

    /// <summary>The limit: as many reads, each as long as the sampler's.</summary>
    [Benchmark(Baseline = true)]
    public int RawReads()
    {
        int bytes = 0;
        foreach (SafeFileHandle file in _whole) bytes += RandomAccess.Read(file, _buffer, 0);
        foreach (SafeFileHandle file in _machine) bytes += RandomAccess.Read(file, _buffer.AsSpan(0, 1024), 0);
        return bytes;
    }

    /// <summary>All figures.</summary>
    [Benchmark]
    public ResourceSample Sample() => _sampler.Sample();

    /// <summary>The part of the limit that is about this process only: what ProcessClass asks for.</summary>
    [Benchmark]
    public int RawReadsOfProcessFiles()
    {
        int bytes = 0;
        foreach (SafeFileHandle file in _whole.AsSpan(0, 2)) bytes += RandomAccess.Read(file, _buffer, 0);
        return bytes;
    }

    /// <summary>The usual way: the Process class, and the text of the I/O counters, not even parsed.</summary>
    [Benchmark]
    public double ProcessClass()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds + _process.WorkingSet64 + _process.Threads.Count
            + File.ReadAllText("/proc/self/io").Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (SafeFileHandle file in _whole.Concat(_machine)) file.Dispose();
        _sampler.Dispose();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }
}

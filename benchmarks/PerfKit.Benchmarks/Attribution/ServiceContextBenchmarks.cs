using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PerfKit.Instrumentation;

namespace PerfKit.Benchmarks.Attribution;

/// <summary>
/// What does it cost to charge an empty piece of work to a service? Beside it: the two timestamps that any timing needs, and
/// an <see cref="Activity"/> with a listener, which is what tracing costs and which knows only how long the work took.
/// Left out: long slices, which add a read of the thread's CPU clock and, from 200 µs on, of two files; awaits.
/// </summary>
[MemoryDiagnoser]
public class ServiceContextBenchmarks
{
    private static readonly ActivitySource Source = new("PerfKit.Benchmarks");

    private ActivityListener? _listener;

    [GlobalSetup]
    public void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PerfKit.Benchmarks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [GlobalCleanup]
    public void Stop() => _listener?.Dispose();

    [Benchmark(Baseline = true)]
    public long TwoTimestamps() => Stopwatch.GetTimestamp() - Stopwatch.GetTimestamp();

    [Benchmark]
    public void Context()
    {
        using (ServiceContext.Enter("orders"))
        {
        }
    }

    [Benchmark]
    public void ActivityWithListener()
    {
        using (Source.StartActivity("orders"))
        {
        }
    }
}

using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PerfKit.Instrumentation;

namespace PerfKit.Benchmarks.Startup;

/// <summary>
/// Question: what does one start-up scope cost above the two clock reads that any stopwatch pays?
/// Baseline: two <see cref="Stopwatch.GetTimestamp"/> calls and their difference. The scope adds a record that is kept, its place
/// in the flow, so that scopes inside it know their parent, the lock that lets every thread start services, and two slices of
/// what its time was made of: allocation, JIT and GC counters, and who is at work in which scope.
/// Left out: slices of 5 µs and more, which add a read of the thread's CPU clock and, from 200 µs on, of two files; contention of
/// several threads, a flow in which the application keeps many AsyncLocals of its own, and a full tracker.
/// Each invocation gets a new tracker, as a process does, and shares its making out among its scopes; without that a bounded
/// tracker would soon be full and time the path that drops records. Read the ratios and the bytes, not the nanoseconds.
/// </summary>
[MemoryDiagnoser]
public class ScopeBenchmarks
{
    private const int Scopes = 1_000;

    /// <summary>The limit.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Scopes)]
    public long TwoTimestamps()
    {
        long elapsed = 0;
        for (int i = 0; i < Scopes; i++)
        {
            long start = Stopwatch.GetTimestamp();
            elapsed += Stopwatch.GetTimestamp() - start;
        }

        return elapsed;
    }

    /// <summary>One service after another.</summary>
    [Benchmark(OperationsPerInvoke = Scopes)]
    public StartupTracker Scope()
    {
        var tracker = new StartupTracker();
        for (int i = 0; i < Scopes; i++)
        {
            using StartupScope scope = tracker.Begin("service", ServiceType.Essential);
        }

        return tracker;
    }

    /// <summary>The same inside a service that is still starting.</summary>
    [Benchmark(OperationsPerInvoke = Scopes)]
    public StartupTracker NestedScope()
    {
        var tracker = new StartupTracker();
        using StartupScope outer = tracker.Begin("outer", ServiceType.Essential);
        for (int i = 0; i < Scopes; i++)
        {
            using StartupScope scope = tracker.Begin("service", ServiceType.Essential);
        }

        return tracker;
    }
}

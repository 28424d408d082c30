using BenchmarkDotNet.Attributes;
using PerfKit.Instrumentation;

namespace PerfKit.Benchmarks.Startup;

/// <summary>
/// Question: how does the time to find the critical path grow with the number of start-up records? Read the mean divided by
/// the number of records: near-linear growth keeps it nearly the same. Baseline: the snapshot that the path is found in.
/// Left out: unlike shapes; here every tenth record encloses the following nine and needs one of the services before it.
/// </summary>
[MemoryDiagnoser]
public class CriticalPathBenchmarks
{
    private readonly StartupTracker _tracker = new();
    private StartupSnapshot _snapshot = StartupSnapshot.Empty;

    /// <summary>How many scopes there were.</summary>
    [Params(1_000, 10_000, 50_000)]
    public int Records { get; set; }

    /// <summary>Begins and ends the scopes.</summary>
    [GlobalSetup]
    public void Start()
    {
        for (int i = 0; i < Records; i += 10)
        {
            using StartupScope group = _tracker.Begin($"group {i}");
            group.AddDependency($"group {i / 2 / 10 * 10}");
            for (int child = 1; child < 10; child++)
            {
                using StartupScope scope = _tracker.Begin($"service {i + child}");
            }
        }

        _tracker.MarkReady();
        _snapshot = _tracker.Snapshot();
    }

    /// <summary>Turning raw records into an immutable snapshot.</summary>
    [Benchmark(Baseline = true)]
    public StartupSnapshot Snapshot() => _tracker.Snapshot();

    /// <summary>The path through it.</summary>
    [Benchmark]
    public CriticalPath Path() => CriticalPath.Of(_snapshot);
}

using PerfKit.Instrumentation;
using System.Diagnostics;

namespace PerfKit.Benchmarking;

/// <summary>Measures what the generator costs by letting it make operations that do nothing, on this thread.</summary>
internal static class GeneratorCalibration
{
    private const int Operations = 20_000;

    /// <summary>CPU nanoseconds for each operation; <see langword="null"/> where a thread's CPU time cannot be read.</summary>
    public static double? NanosecondsPerOperation(LoadModel model)
    {
        if (!ThreadClock.IsAvailable)
            return null;

        MakeOperations(model);      // once unmeasured: on a first run the compiler would be what is measured
        long begin = ThreadClock.ReadCurrent();
        MakeOperations(model);
        return Stopwatch.GetElapsedTime(begin, ThreadClock.ReadCurrent()).TotalNanoseconds / Operations;
    }

    private static void MakeOperations(LoadModel model)
    {
        var options = new LoadTestOptions();
        var clock = new LoadClock(TimeProvider.System);
        using var recorder = new LoadRecorder(options.LagTolerance.Ticks * 100);
        if (model is OpenLoad)
        {
            OpenLoad quick = LoadModel.Open(1_000_000, TimeSpan.FromSeconds(Operations / 1e6));
            new OpenGenerator(quick, Nothing, options, clock, recorder, new ImpatientPacer(), item => item.Execute(), CancellationToken.None).Run();
        }
        else
        {
            // No operation waits, so the whole of it has run when the call returns.
            _ = new ClosedGenerator(LoadModel.Closed(1, Operations), Nothing, clock, recorder, CancellationToken.None).WorkAsync(0);
        }
    }

    private static Task Nothing(LoadOperation operation, CancellationToken ct) => Task.CompletedTask;

    private sealed class ImpatientPacer : Pacer
    {
        public override long WaitUntil(LoadClock clock, long due, CancellationToken ct) => clock.Now;
    }
}

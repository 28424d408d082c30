using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using PerfKit.Instrumentation;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// The loops that are measured: each operation is an empty body, so all that is seen is the cost of timing it. Meters and
/// instruments stand in static read-only fields, where applications keep them.
/// </summary>
internal static class Loops
{
    public static readonly OperationMeter Plain = OperationMeter.Create("plain");
    public static readonly OperationMeter Allocating = OperationMeter.Create("allocating", new OperationMeterOptions { MeasuresAllocation = true });
    public static readonly OperationMeter Sampled = OperationMeter.Create("sampled", new OperationMeterOptions { SampleEvery = 64 });
    public static readonly OperationMeter Off = OperationMeter.Create("off");

    private static readonly ActivitySource Source = new(ActivityListening.SourceName);
    private static readonly Meter Listened = new(MeterListening.MeterName);
    private static readonly Meter Exported = new(OpenTelemetryListening.MeterName);
    private static readonly Histogram<double> ListenedDuration = Listened.CreateHistogram<double>("duration", "s");
    private static readonly Histogram<double> ExportedDuration = Exported.CreateHistogram<double>("duration", "s");

    private static long _sink;

    public static void Empty(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
        }
    }

    public static void EmptyAgain(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
        }
    }

    public static void TwoTimestamps(int iterations)
    {
        long sum = 0;
        for (int i = 0; i < iterations; i++)
        {
            long before = Stopwatch.GetTimestamp();
            sum += Stopwatch.GetTimestamp() - before;
        }
        _sink = sum;
    }

    public static void Metered(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (Plain.Measure())
            {
            }
        }
    }

    public static void MeteredWithAllocation(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (Allocating.Measure())
            {
            }
        }
    }

    public static void MeteredOneIn64(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (Sampled.Measure())
            {
            }
        }
    }

    public static void SwitchedOff(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (Off.Measure())
            {
            }
        }
    }

    public static void Traced(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (Source.StartActivity("operation"))
            {
            }
        }
    }

    public static void HistogramListened(int iterations) => Recorded(ListenedDuration, iterations);

    public static void HistogramExported(int iterations) => Recorded(ExportedDuration, iterations);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Recorded(Histogram<double> histogram, int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            long before = Stopwatch.GetTimestamp();
            histogram.Record(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }
    }
}

using System.Diagnostics.Metrics;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// The least that a listener of a <see cref="Histogram{T}"/> can do: a count and a sum, by plain additions that lose updates on
/// several threads, and no histogram. A lower bound for everything that does the work.
/// </summary>
internal static class MeterListening
{
    public const string MeterName = "PerfKit.OverheadBenchmark.MeterListener";

    private static long _count;
    private static double _sum;

    public static IDisposable Begin()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == MeterName)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            _count++;
            _sum += value;
        });
        listener.Start();
        return listener;
    }
}

using System.Diagnostics.Metrics;

namespace PerfKit.Sampling;

/// <summary>Counts the names looked up in the process from its making to its disposal, by the runtime's own metric.</summary>
internal sealed class DnsReader : IResourceReader
{
    private readonly MeterListener _listener = new();
    private long _count;

    internal DnsReader()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            // Listened to alone, so that no other instrument of the process begins to measure on our account.
            if (instrument is { Name: "dns.lookup.duration", Meter.Name: "System.Net.NameResolution" }) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public void Read(ref ResourceReading reading) => reading.DnsLookupCount = Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}

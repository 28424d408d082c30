using System.Diagnostics.Tracing;
using System.Globalization;

namespace PerfKit.Sampling;

/// <summary>Hears from the runtime's event counters what its sockets did: they count only while somebody listens.</summary>
/// <remarks>The runtime tells on a thread of its own, about once an interval, and allocates as it does.</remarks>
internal sealed class SocketReader(TimeSpan interval) : IResourceReader
{
    private readonly Listener _listener = new(interval);

    public void Read(ref ResourceReading reading) => reading.Sockets = _listener.Latest;

    public void Dispose() => _listener.Dispose();

    private sealed class Listener : EventListener
    {
        private readonly Lock _gate = new();
        private readonly string _seconds;
        private SocketCounters _latest; // guarded by _gate
        private bool _hasAny;           // guarded by _gate

        internal Listener(TimeSpan interval)
        {
            _seconds = Math.Max(0.1, interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            EventSourceCreated += (_, created) => Enable(created.EventSource!); // raised for those that exist, too; not the override: the base calls it too early
        }

        internal SocketCounters? Latest
        {
            get
            {
                lock (_gate) return _hasAny ? _latest : null;
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData is not { EventName: "EventCounters", Payload: [IDictionary<string, object> counter, ..] }) return;
            if (!counter.TryGetValue("Name", out object? name) || !counter.TryGetValue("Mean", out object? mean) || mean is not double total) return;
            lock (_gate)
            {
                _hasAny = true;
                _latest = (name as string) switch
                {
                    "outgoing-connections-established" => _latest with { Connected = (long)total },
                    "incoming-connections-established" => _latest with { Accepted = (long)total },
                    "bytes-received" => _latest with { ReceivedBytes = (long)total },
                    "bytes-sent" => _latest with { SentBytes = (long)total },
                    _ => _latest,
                };
            }
        }

        public override void Dispose()
        {
            lock (EventSession.Gate)
                base.Dispose();
        }

        // At this level the source writes no event for each connection: only its counters run.
        private void Enable(EventSource source)
        {
            if (source.Name == "System.Net.Sockets")
                EnableEvents(source, EventLevel.Critical, EventKeywords.None, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = _seconds });
        }
    }
}

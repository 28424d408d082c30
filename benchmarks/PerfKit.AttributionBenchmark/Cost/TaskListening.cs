using System.Diagnostics.Tracing;

namespace PerfKit.AttributionBenchmark;

/// <summary>
/// The other way to hear which task runs on which thread: the runtime's own events about tasks. It does nothing with them, so
/// this is the least that such a listener costs.
/// </summary>
internal sealed class TaskListening : EventListener
{
    private const EventKeywords TaskTransfer = (EventKeywords)0x1;
    private const EventKeywords Tasks = (EventKeywords)0x2;
    private const EventKeywords SynchronousWork = (EventKeywords)0x20;

    /// <summary>Events so far.</summary>
    public long Count { get; private set; }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Threading.Tasks.TplEventSource")
            EnableEvents(eventSource, EventLevel.Verbose, TaskTransfer | Tasks | SynchronousWork);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Count++;
}

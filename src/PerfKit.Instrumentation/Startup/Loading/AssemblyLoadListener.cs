using System.Diagnostics.Tracing;

namespace PerfKit.Instrumentation;

/// <summary>
/// Hears from the runtime when it begins to look for an assembly, and when it has loaded it (events AssemblyLoadStart and
/// AssemblyLoad of the provider Microsoft-Windows-DotNETRuntime). They come some milliseconds late, on a thread of their own.
/// </summary>
internal sealed class AssemblyLoadListener : EventListener
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords AssemblyLoader = (EventKeywords)0x4;
    private const EventKeywords Loader = (EventKeywords)0x8;
    private const int SearchBegan = 290;
    private const int Loaded = 154;
    private const int SearchedName = 1; // position in the event's payload
    private const int LoadedName = 4;

    private readonly LoadTimes _times = new();

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // Called by the base constructor too, so it must do without the fields.
        if (eventSource.Name == Provider)
            EnableEvents(eventSource, EventLevel.Informational, AssemblyLoader | Loader);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        try
        {
            if (_times is null) // an event may come before the constructor is through
                return;
            if (eventData.EventId == SearchBegan && Text(eventData, SearchedName) is { } searched)
                _times.Begin(eventData.OSThreadId, searched, eventData.TimeStamp.Ticks);
            else if (eventData.EventId == Loaded && Text(eventData, LoadedName) is { } loaded
                && _times.End(eventData.OSThreadId, loaded, eventData.TimeStamp.Ticks) is { } took)
                AssemblyLoads.Took(loaded, RuntimeReading.FromTimeSpan(took));
        }
        catch (Exception) // a version of the event that is not known
        {
            ThreadLedger.CountFault();
        }
    }

    private static string? Text(EventWrittenEventArgs eventData, int position) =>
        eventData.Payload is { } payload && payload.Count > position ? payload[position] as string : null;
}

using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// Tags spans with what they used themselves: CPU time, blocked time and allocated bytes, across <c>await</c>, as a
/// <see cref="ServiceContext"/> does for services. Off until it is attached.
/// </summary>
/// <remarks>
/// <para>Figures are exclusive: what a span nested in another used is in its own tags, so that those of a trace add up. Only spans
/// that somebody records (<see cref="Activity.IsAllDataRequested"/>) are tagged; none is made or recorded because of this.</para>
/// <para>The tags are set when the span stops, so attach before the exporter's listener is made: one that exports each span at
/// once would miss them else. A span that is stopped in another flow than it was started in gets none, nor does one that begins inside
/// 256 others that have not stopped. Work that goes on after a span's end is in no span's tags. Slices under 20 µs are taken as CPU
/// time. A span is tagged once, however often it is attached.</para>
/// </remarks>
/// <example>
/// <code>
/// using IDisposable tagging = ActivityUsage.Attach(source => source.Name.StartsWith("Shop.", StringComparison.Ordinal));
/// </code>
/// </example>
public static class ActivityUsage
{
    /// <summary>Tag with the time on a CPU, in milliseconds (<see cref="double"/>); missing where no thread's CPU time can be read.</summary>
    public const string CpuTag = "perfkit.cpu_ms";

    /// <summary>Tag with the time on a thread that neither ran nor waited for a CPU, in milliseconds (<see cref="double"/>); missing likewise.</summary>
    public const string BlockedTag = "perfkit.blocked_ms";

    /// <summary>Tag with the managed bytes allocated (<see cref="long"/>).</summary>
    public const string AllocatedTag = "perfkit.allocated_bytes";

    private const int MostNested = 256; // what a host starts and never stops stays in its flow

    /// <summary>Begins to tag spans that start from now on.</summary>
    /// <param name="isTagged">
    /// Which sources' spans are tagged; those of all when <c>null</c>. Asked once for each source, also where the host makes one later;
    /// what it throws counts as no.
    /// </param>
    /// <returns>Ends the tagging when disposed.</returns>
    public static IDisposable Attach(Func<ActivitySource, bool>? isTagged = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => IsTagged(isTagged, source),
            ActivityStarted = Begin,
            ActivityStopped = End,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // Runs inside the host's own making of a source.
    private static bool IsTagged(Func<ActivitySource, bool>? isTagged, ActivitySource source)
    {
        try
        {
            return isTagged is null || isTagged(source);
        }
        catch (Exception)
        {
            return false; // as documented: no fault of PerfKit's
        }
    }

    // These run inside the host's own starting and stopping of spans.
    private static void Begin(Activity activity)
    {
        try
        {
            if (!activity.IsAllDataRequested)
                return;
            SpanCharge? around = Flow.CurrentLive?.Span;
            int depth = (around?.Depth ?? 0) + 1;
            if (around?.Activity != activity && depth <= MostNested) // its charge is there already where it is attached twice
                Flow.Push(new SpanCharge(activity, depth));
        }
        catch (Exception)
        {
            ThreadLedger.CountFault();
        }
    }

    private static void End(Activity activity)
    {
        try
        {
            Flow? flow = Flow.Current;
            while (flow is not null && flow.Span?.Activity != activity)
                flow = flow.Outer;
            if (flow?.Span is not { } span)
                return;
            ThreadLedger.OfThread()?.StepHere();
            PopSpan(flow);
            Tag(activity, span);
        }
        catch (Exception)
        {
            ThreadLedger.CountFault();
        }
    }

    // Blocks inside the span stand on top of its own node, and know its span too.
    private static void PopSpan(Flow flow)
    {
        while (flow.Outer is { } outer && outer.Span == flow.Span)
            flow = outer;
        flow.Pop();
    }

    private static void Tag(Activity activity, SpanCharge span)
    {
        if (ThreadClock.IsAvailable)
        {
            activity.SetTag(CpuTag, Milliseconds(span.Cpu));
            activity.SetTag(BlockedTag, Milliseconds(span.Blocked));
        }
        activity.SetTag(AllocatedTag, span.AllocatedBytes);
    }

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, Math.Max(0, ticks)).TotalMilliseconds;
}

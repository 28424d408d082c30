using System.Text.Json;

namespace PerfKit.Reporting;

/// <summary>
/// A timeline as a process of a trace: a thread for each lane of bars, and one on which the critical path is drawn as a
/// whole, with arrows that follow it from bar to bar.
/// </summary>
internal static class TraceTimeline
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static void Write(TraceWriter trace, TimelineBlock timeline)
    {
        int process = trace.NewProcess(timeline.Title);
        var tree = new TimelineTree(timeline);
        TimelineLink[] path = [.. timeline.CriticalPath
            .Select(link => link with { Start = TimelineTree.Clamp(link.Start), Duration = TimelineTree.Clamp(link.Duration) })
            .Where(link => link.Duration > TimeSpan.Zero).OrderBy(link => link.Start)];
        if (path.Length > 0 || timeline.Markers.Count > 0)
        {
            WritePath(trace, timeline, path, process);
        }

        int[] lanes = TraceLanes.Assign(tree);
        int[] threads = [.. Enumerable.Range(1, lanes.Length == 0 ? 0 : lanes.Max() + 1).Select(lane => trace.NewThread(process, $"lane {lane}"))];
        for (int i = 0; i < lanes.Length; i++)
        {
            TimelineBar bar = tree.Bars[i];
            trace.Slice(bar.Label, bar.Kind.ToString(), bar.Start, bar.Duration, process, threads[lanes[i]], HasArguments(bar) ? json => WriteArguments(json, bar) : null);
            foreach (TimelineMarker marker in bar.Markers ?? [])
            {
                trace.Instant(marker.Label, TimelineTree.Clamp(marker.At), process, threads[lanes[i]]);
            }
        }

        WriteArrows(trace, tree, path, process, bar => threads[lanes[bar]]);
    }

    // Links do not overlap, but a document from elsewhere may say otherwise: each is cut where the next one begins.
    private static void WritePath(TraceWriter trace, TimelineBlock timeline, TimelineLink[] path, int process)
    {
        int thread = trace.NewThread(process, "critical path");
        for (int i = 0; i < path.Length; i++)
        {
            TimeSpan room = i + 1 < path.Length ? path[i + 1].Start - path[i].Start : TimeSpan.MaxValue;
            trace.Slice(path[i].Label, "critical path", path[i].Start, TimelineTree.Min(path[i].Duration, room), process, thread, null);
        }

        foreach (TimelineMarker marker in timeline.Markers)
        {
            trace.Instant(marker.Label, TimelineTree.Clamp(marker.At), process, thread);
        }
    }

    private static void WriteArrows(TraceWriter trace, TimelineTree tree, TimelineLink[] path, int process, Func<int, int> threadOf)
    {
        TimelineLink[] onBars = [.. path.Where(link => tree.IndexOf(link.BarId) >= 0)];
        foreach ((TimelineLink from, TimelineLink to) in onBars.Zip(onBars.Skip(1)))
        {
            (int source, int target) = (tree.IndexOf(from.BarId), tree.IndexOf(to.BarId));

            // An end is no longer inside its slice, so the arrow leaves a tick before it.
            TimeSpan leaves = TimelineTree.Min(TimelineTree.Add(from.Start, from.Duration), tree.EndOf(source)) - Tick;
            if (source != target && IsInside(tree, source, leaves) && IsInside(tree, target, to.Start) && leaves <= to.Start)
            {
                trace.Flow("waited for", process, (leaves, threadOf(source)), (to.Start, threadOf(target)));
            }
        }
    }

    private static bool IsInside(TimelineTree tree, int bar, TimeSpan at) => at >= tree.Bars[bar].Start && at < tree.EndOf(bar);

    private static bool HasArguments(TimelineBar bar) => !string.IsNullOrEmpty(bar.Note) || bar.Parts is { Count: > 0 } || bar.Facts is { Count: > 0 };

    private static void WriteArguments(Utf8JsonWriter json, TimelineBar bar)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(bar.Note))
        {
            json.WriteString(Key("note"), TraceWriter.Text(bar.Note));
        }

        foreach (TimelinePart part in TimelineText.Parts(bar))
        {
            json.WriteNumber(Key($"{part.Label} (ms)"), part.Duration.TotalMilliseconds);
        }

        foreach (ReportFact fact in bar.Facts ?? [])
        {
            json.WriteString(Key(fact.Label), TraceWriter.Text(fact.Note is { Length: > 0 } note ? $"{fact.Value} ({note})" : fact.Value.Format()));
        }

        // Names of an object's properties are unique; labels need not be.
        string Key(string label)
        {
            string key = TraceWriter.Text(label);
            while (!taken.Add(key))
            {
                key += "'";
            }

            return key;
        }
    }
}

using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>
/// The bars of a timeline in lanes, each beneath its name, with the critical path as a row of its own above and as a line
/// along the bars it runs on. All places are in percent of the width, so that the picture fits any page and can be stretched.
/// </summary>
internal sealed class HtmlTimelineLanes(
    HtmlOutput html, TimelineTree tree, TimelinePicture picture, IReadOnlyDictionary<string, TimeSpan> onPath)
{
    private const int LaneHeight = 27;
    private const int BarBottom = 23;

    /// <summary>Beyond this many turns the lines from lane to lane hide more than they show.</summary>
    private const int MostTurns = 80;

    /// <summary>A name with less room than this, in percent of the width, is left out until the script stretches the picture.</summary>
    private const double NarrowestName = 2;

    /// <summary>The width of a character in percent of a page of usual width; a font's true one is not known here.</summary>
    private const double CharacterWidth = 0.72;

    public void Write(TimelineBlock block, AxisScale axis, double grid)
    {
        int hidden = picture.Marks.Where(mark => mark.Lane == picture.LaneCount).Sum(mark => mark.Bars.Count);
        int rows = MilestoneRows(block, out (TimelineMarker Marker, double At, int Row)[] milestones);
        html.Write($"<div class=\"lanes\" role=\"group\" aria-label=\"Lanes. Arrow keys go from bar to bar, Enter keeps a description open, Escape closes it, plus and minus stretch the axis.\">\n<div class=\"lanes-in\" style=\"--grid-step:{grid}%;--milestones:{rows}\">");
        foreach ((TimelineMarker marker, double at, int row) in milestones)
        {
            html.Write($"<div class=\"milestone{(at > 80 ? " left" : "")}\" style=\"left:{at}%;--row:{row}\"><span><bdi>{marker.Label}</bdi> {Quantity.Of(marker.At)}</span></div>");
        }

        HtmlTimelineRows.WriteAxis(html, axis);
        WritePath();
        html.Write($"<div class=\"bars\" style=\"height:{(picture.LaneCount + (hidden > 0 ? 1 : 0)) * LaneHeight}px\">");
        WriteStretches();
        foreach (IGrouping<int, TimelineMark> lane in picture.Marks.GroupBy(mark => mark.Lane))
        {
            WriteLane([.. lane]);
        }

        html.Write($"</div>\n</div>\n</div>");
        if (hidden > 0)
        {
            html.Write($"<p class=\"more\">{new Quantity(hidden, Unit.Count)} more bars found no lane of their own; the last one shows when they were open. The JSON form of this report has every one.</p>");
        }
    }

    /// <summary>The parts of a bar for the script: kinds with percentages.</summary>
    public static HtmlAttribute Mix(TimelineBar? bar)
    {
        IReadOnlyList<TimelinePart> parts = bar is null ? [] : TimelineText.Parts(bar);
        double whole = Math.Max(bar?.Duration.Ticks ?? 0, parts.Sum(part => (double)part.Duration.Ticks));
        return new HtmlAttribute("data-mix", parts.Count == 0 ? null : string.Join(';', parts.Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part.Kind.ToString().ToLowerInvariant()} {part.Duration.Ticks / whole * 100:0.#}"))));
    }

    private void WritePath()
    {
        if (picture.Path.Count == 0)
        {
            return;
        }

        html.Write($"<div class=\"path\">");
        foreach (TimelineStretch stretch in picture.Path)
        {
            (double x, double width) = Place(stretch.Start, stretch.End);
            string label = stretch.Links.Count == 1 ? stretch.Links[0].Label : "";
            bool isTracked = stretch.Links.Any(link => link.BarId is not null);
            html.Write($"<div class=\"b{(isTracked ? "" : " untracked")}\" style=\"left:{x}%;width:{width}%\" title=\"{string.Join('\n', TimelineText.Of(stretch, tree.Total))}\"><bdi>{(width < NarrowestName ? "" : label)}</bdi></div>");
        }

        html.Write($"</div>");
    }

    private void WriteLane(TimelineMark[] lane)
    {
        double before = 0;
        for (int i = 0; i < lane.Length; i++)
        {
            TimelineMark mark = lane[i];
            (double x, double width) = Place(mark.Start, mark.End);
            double after = i == lane.Length - 1 ? 100 : tree.Position(lane[i + 1].Start) * 100;

            // A name begins at its bar and may reach to the next one; where that is too short for it, and there is more room on
            // the other side, it ends with its bar.
            double wanted = (TimelineText.Label(mark).Length + 1) * CharacterWidth;
            bool isLeft = after - x < wanted && x + width - before > after - x;
            (double from, double to) = isLeft ? (Math.Max(before, Math.Min(x, x + width - wanted)), x + width) : (x, Math.Max(x + width, Math.Min(after, x + wanted)));
            before = to;
            string kind = mark.Bars.Count > 1 ? $"k-{mark.Kind.ToString().ToLowerInvariant()} several" : $"k-{mark.Kind.ToString().ToLowerInvariant()}";
            TimelineBar? single = mark.Bars.Count == 1 ? mark.Bars[0] : null;
            html.Write($"<div class=\"b{(isLeft ? " left" : "")}\" style=\"left:{from}%;width:{to - from}%;top:{mark.Lane * LaneHeight}px\" title=\"{string.Join('\n', TimelineText.Of(mark, onPath))}\"{Mix(single)}><bdi>{Name(mark, to - from, wanted)}</bdi><i class=\"{kind}\" style=\"width:{(to > from ? width / (to - from) * 100 : 0)}%\"></i></div>");
            foreach (TimelineMarker marker in (single?.Markers ?? []).Take(RenderLimits.HtmlMarkers))
            {
                html.Write($"<u style=\"left:{tree.Position(marker.At) * 100}%;top:{mark.Lane * LaneHeight}px\" title=\"{marker.Label} at {Quantity.Of(marker.At)}\"></u>");
            }
        }
    }

    // Of a name that does not fit, a namespace would take the room of what tells it from its neighbors.
    private static string Name(TimelineMark mark, double room, double wanted)
    {
        string label = TimelineText.Label(mark);
        int generic = label.IndexOfAny(['<', '[', '(', ' ']);
        int dot = label.LastIndexOf('.', generic < 0 ? label.Length - 1 : generic);
        return room < NarrowestName ? "" : room < wanted && dot >= 0 && dot < label.Length - 1 ? label[(dot + 1)..] : label;
    }

    private void WriteStretches()
    {
        for (int i = 0; i < picture.Stretches.Count; i++)
        {
            TimelineStretch stretch = picture.Stretches[i];
            (double x, double width) = Place(stretch.Start, stretch.End);
            html.Write($"<b style=\"left:{x}%;width:{width}%;top:{(stretch.Lane * LaneHeight) + BarBottom}px\"></b>");
            if (i > 0 && picture.Stretches.Count <= MostTurns && picture.Stretches[i - 1].Lane is var before && before != stretch.Lane)
            {
                html.Write($"<b class=\"turn\" style=\"left:{x}%;top:{(Math.Min(before, stretch.Lane) * LaneHeight) + BarBottom}px;height:{Math.Abs(before - stretch.Lane) * LaneHeight}px\"></b>");
            }
        }
    }

    // Labels in as few rows as keep them apart.
    private int MilestoneRows(TimelineBlock block, out (TimelineMarker Marker, double At, int Row)[] milestones)
    {
        var ends = new List<double>();
        milestones = [.. block.Markers.OrderBy(marker => marker.At).Take(RenderLimits.HtmlMarkers).Select(marker =>
        {
            double at = tree.Position(marker.At) * 100;
            double width = (Math.Min(marker.Label.Length, 40) + 8) * CharacterWidth;
            double from = at > 80 ? at - width : at;
            int row = ends.FindIndex(end => end <= from);
            if (row < 0)
            {
                row = ends.Count;
                ends.Add(0);
            }

            ends[row] = from + width;
            return (marker, at, row);
        })];
        return ends.Count;
    }

    private (double X, double Width) Place(TimeSpan start, TimeSpan end)
    {
        double x = tree.Position(start) * 100;
        return (x, (tree.Position(end) * 100) - x);
    }
}

namespace PerfKit.Reporting;

/// <summary>A timeline: a picture in lanes of everything, and beneath it a list that gives each bar a line of its own.</summary>
internal static class HtmlTimeline
{
    /// <summary>A list longer than this is closed until someone asks for it.</summary>
    private const int LongList = 40;

    public static void Write(HtmlOutput html, TimelineBlock block)
    {
        var tree = new TimelineTree(block);
        string title = html.NewId("timeline-");
        html.Write($"<figure class=\"block timeline\" aria-labelledby=\"{title}\">\n<figcaption id=\"{title}\"><h3><bdi>{block.Title}</bdi></h3><span class=\"total\">{Quantity.Of(tree.Total)} in total</span></figcaption>");
        if (tree.Bars.Count == 0)
        {
            html.Write($"<p class=\"empty\">No bars.</p>\n</figure>");
            return;
        }

        TimelinePicture picture = TimelinePicture.Create(tree, block, RenderLimits.HtmlTimelineLanes, RenderLimits.HtmlTimelineMarks);
        Dictionary<string, TimeSpan> onPath = block.CriticalPath.Where(link => link.BarId is not null)
            .GroupBy(link => link.BarId!, StringComparer.Ordinal)
            .ToDictionary(bar => bar.Key, bar => bar.Aggregate(TimeSpan.Zero, (sum, link) => TimelineTree.Add(sum, TimelineTree.Clamp(link.Duration))), StringComparer.Ordinal);
        AxisScale axis = AxisScale.ForTime(0, tree.Total.TotalSeconds, 6);
        double grid = tree.Total > TimeSpan.Zero ? axis.Step / tree.Total.TotalSeconds * 100 : 100;
        WriteKinds(html, tree, picture.Path.Count > 0);
        new HtmlTimelineLanes(html, tree, picture, onPath).Write(block, axis, grid);

        var view = TimelineView.Create(tree, RenderLimits.HtmlTimelineBars);
        html.Write($"<details class=\"made\"{(view.Rows.Count <= LongList ? " open" : "")}>\n<summary>{ListTitle(tree, view)}</summary>");
        WriteParts(html, tree);
        HtmlTimelineRows.Write(html, view, axis, grid, onPath);
        html.Write($"</details>\n</figure>");
    }

    private static string ListTitle(TimelineTree tree, TimelineView view)
    {
        string bars = tree.Bars.Any(bar => bar.Parts is { Count: > 0 }) ? "Bar by bar, and what each was made of" : "Bar by bar";
        return view.Folded == 0 ? bars : $"{bars}: the {tree.Bars.Count - view.Folded} longest of {new Quantity(tree.Bars.Count, Unit.Count)}";
    }

    private static void WriteKinds(HtmlOutput html, TimelineTree tree, bool hasPath)
    {
        html.Write($"<ul class=\"legend\" aria-label=\"Colors\">");
        foreach (TimelineBarKind kind in tree.Bars.Select(bar => bar.Kind).Distinct().Order())
        {
            html.Write($"<li><i class=\"swatch k-{kind}\"></i>{kind.ToString()}</li>");
        }

        if (hasPath)
        {
            html.Write($"<li><i class=\"swatch on-path\"></i>Critical path: what the end waited for</li>");
        }

        html.Write($"</ul>");
    }

    private static void WriteParts(HtmlOutput html, TimelineTree tree)
    {
        (TimelinePartKind Kind, string Label)[] parts =
            [.. tree.Bars.SelectMany(TimelineText.Parts).Select(part => (part.Kind, part.Label)).DistinctBy(part => part.Kind).OrderBy(part => part.Kind == TimelinePartKind.Other).ThenBy(part => part.Kind)];
        if (parts.Length == 0)
        {
            return;
        }

        html.Write($"<ul class=\"legend\" aria-label=\"Colors of what a bar was made of\">");
        foreach ((TimelinePartKind kind, string label) in parts)
        {
            html.Write($"<li><i class=\"swatch m-{kind}\"></i><bdi>{label}</bdi></li>");
        }

        html.Write($"<li class=\"hint\">The parts of a bar are in proportion, not in order.</li>\n</ul>");
    }
}

namespace PerfKit.Reporting;

/// <summary>A chain as a list from its end, each link with its share as a bar behind its name.</summary>
internal static class HtmlChain
{
    public static void Write(HtmlOutput html, ChainBlock block)
    {
        var view = ChainView.Create(block, RenderLimits.ChainLinks);
        string title = html.NewId("chain-");
        html.Write($"<div class=\"block chain-block\">\n<h3 id=\"{title}\"><bdi>{block.Title}</bdi></h3>");
        if (view.Rows.Count == 0)
        {
            html.Write($"<p class=\"empty\">No links.</p>\n</div>");
            return;
        }

        html.Write($"<ol class=\"chain\" aria-labelledby=\"{title}\">\n<li class=\"end\"><span class=\"link-name\"><bdi>{block.End}</bdi></span><span class=\"link-at\">at {Quantity.Of(block.EndAt)}</span></li>");
        foreach (ChainRow row in view.Rows)
        {
            html.Write($"<li class=\"{(row.Start is null ? "several" : "link")}\" style=\"--share:{row.Share * 100}%\"><span class=\"link-name\"><bdi>{row.Label}</bdi></span><span class=\"link-time\">+{Quantity.Of(row.Duration)}</span><span class=\"link-at\">{(row.Start is null ? "" : $"at {Quantity.Of(row.Start)}")}</span><span class=\"link-share\">{new Quantity(row.Share * 100, Unit.Percent)}</span></li>");
        }

        html.Write($"</ol>\n</div>");
    }
}

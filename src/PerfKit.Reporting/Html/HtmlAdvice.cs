namespace PerfKit.Reporting;

internal static class HtmlAdvice
{
    public static void Write(HtmlOutput html, AdviceBlock block)
    {
        html.Write($"<div class=\"block\">\n<h3><bdi>{block.Title}</bdi></h3>");
        if (block.Items.Count == 0)
        {
            html.Write($"<p class=\"empty\">Nothing to recommend.</p>\n</div>");
            return;
        }

        html.Write($"<ol class=\"advice\">");
        foreach (Advice advice in block.Items)
        {
            WriteAdvice(html, advice);
        }

        html.Write($"</ol>\n</div>");
    }

    private static void WriteAdvice(HtmlOutput html, Advice advice)
    {
        string title = html.NewId("advice-");
        html.Write($"""
            <li class="card item" aria-labelledby="{title}">
            <header><div class="card-title"><p class="meta"><bdi class="rule">{advice.RuleId}</bdi>
            """);
        if (!string.IsNullOrEmpty(advice.Service))
        {
            html.Write($"<bdi class=\"service\">{advice.Service}</bdi>");
        }

        html.Write($"</p><h4 id=\"{title}\"><bdi>{advice.Title}</bdi></h4></div>");
        if (advice.PredictedSaving is { IsKnown: true } saving)
        {
            html.Write($"<div class=\"saving\"><span class=\"saving-word\">{(advice.SavingIsUpperBound ? "saves up to" : "saves about")}</span><span class=\"saving-figure\">{saving}</span>");
            if (!string.IsNullOrEmpty(advice.SavingOf))
            {
                html.Write($"<bdi class=\"saving-word\">{advice.SavingOf}</bdi>");
            }

            html.Write($"</div>");
        }

        html.Write($"</header>\n<p class=\"tags\"><span class=\"tag pri-{advice.Priority}\">{advice.Priority.ToString()} priority</span><span class=\"tag\">{advice.Effort.ToString()} effort</span></p>");
        if (advice.Actions.Count > 0)
        {
            html.Write($"<ol class=\"actions\">");
            foreach (string action in advice.Actions)
            {
                html.Write($"<li><bdi>{action}</bdi></li>");
            }

            html.Write($"</ol>");
        }

        html.Write($"<dl class=\"why\">");
        WriteWhy(html, "Prediction rests on", advice.Basis);
        WriteWhy(html, "How to verify", advice.Verify);
        html.Write($"</dl>");
        HtmlEvidence.Write(html, advice.Evidence, advice.Title);
        html.Write($"</li>");
    }

    private static void WriteWhy(HtmlOutput html, string word, string text)
    {
        if (text.Length > 0)
        {
            html.Write($"<div><dt>{word}</dt><dd><bdi>{text}</bdi></dd></div>");
        }
    }
}

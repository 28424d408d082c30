namespace PerfKit.Reporting;

/// <summary>A chain from its end, a line a link.</summary>
internal static class TextChain
{
    public static void Write(TextOutput text, ChainBlock block)
    {
        text.Line(text.Paint(TextOutput.Name(block.Title, text.Width), TextColor.Bold));
        var view = ChainView.Create(block, RenderLimits.ChainLinks);
        if (view.Rows.Count == 0)
        {
            text.Line("  (no links)");
            return;
        }

        foreach ((string figures, string tree, string name) in ChainText.Lines(block, view))
        {
            int room = Math.Max(8, text.Width - figures.Length - tree.Length - 4);
            text.Line($"  {figures}  {text.Paint(tree, TextColor.Dim)}{TextOutput.Name(name, room)}");
        }
    }
}

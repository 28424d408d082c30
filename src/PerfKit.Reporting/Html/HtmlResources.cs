namespace PerfKit.Reporting;

/// <summary>The style sheet and the script, read once from the assembly.</summary>
internal static class HtmlResources
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    private static string Read(string name)
    {
        using Stream stream = typeof(HtmlResources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

namespace PerfKit.Instrumentation;

/// <summary>Names come from the host; whatever they are, they are kept bounded and never refused.</summary>
internal static class Names
{
    public const string Unnamed = "(unnamed)";

    private const int MaxLength = 256;
    private const int MaxErrorLength = 1_024;

    public static string Clean(string? name) =>
        string.IsNullOrWhiteSpace(name) ? Unnamed : Cut(name, MaxLength);

    public static string Describe(Exception exception)
    {
        string message;
        try
        {
            message = exception.Message;
        }
        catch (Exception failure) // an exception of the host may fail to describe itself
        {
            message = $"(its message could not be read: {failure.GetType().Name})";
        }
        return Cut($"{exception.GetType().FullName}: {message}", MaxErrorLength);
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}

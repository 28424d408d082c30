using System.Text;

namespace PerfKit.Instrumentation;

/// <summary>Names come from the host; whatever they are, they are kept bounded, as valid Unicode, and never refused.</summary>
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
        if (text.Length > length)
            text = string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;     // half a pair becomes U+FFFD
    }
}

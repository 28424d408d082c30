using System.Text.Json;

namespace PerfKit.Reporting;

/// <summary>Reads a document, and when it cannot, says where and why in one sentence.</summary>
internal static class ReportJsonReader
{
    public static ReportDocument Read(string json)
    {
        using JsonDocument parsed = Parse(json);
        if (ReportJsonCheck.FirstMistake(parsed.RootElement) is { } mistake)
        {
            throw new FormatException($"Not a PerfKit report: {mistake}");
        }

        try
        {
            return parsed.RootElement.Deserialize(ReportJsonContext.Default.ReportDocument)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"Not a PerfKit report: {exception.Message}", exception);
        }
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ReportJsonContext.Default.Options.MaxDepth });
        }
        catch (JsonException exception)
        {
            throw new FormatException($"Not a PerfKit report: the text is not JSON. {exception.Message}", exception);
        }
    }
}

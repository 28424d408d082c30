namespace PerfKit.Reporting;

public sealed partial record ReportDocument
{
    /// <summary>The document as indented JSON.</summary>
    public string ToJson() => Render(ReportRenderers.Json);

    /// <summary>Reads what <see cref="ToJson"/> or the JSON renderer wrote. Properties it does not know are passed over.</summary>
    /// <param name="json">The whole text.</param>
    /// <exception cref="FormatException">
    /// The text is not a report; the message names the place in the JSON, the value found there and what is allowed.
    /// </exception>
    public static ReportDocument FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ReportJsonReader.Read(json);
    }
}

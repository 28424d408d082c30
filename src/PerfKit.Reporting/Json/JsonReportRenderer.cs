using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PerfKit.Reporting;

/// <summary>The document itself as JSON.</summary>
internal sealed class JsonReportRenderer : IReportRenderer
{
    // Letters of every script stay readable; what HTML could take for markup is escaped.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public string MediaType => "application/json";

    public string FileExtension => ".json";

    public void Render(ReportDocument document, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            JsonSerializer.Serialize(writer, document, ReportJsonContext.Default.ReportDocument);
        }

        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        output.Write('\n');
    }
}

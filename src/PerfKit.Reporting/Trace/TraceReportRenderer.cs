using System.Text;
using System.Text.Json;

namespace PerfKit.Reporting;

/// <summary>
/// The timelines and charts of a document in Chrome's Trace Event Format, which ui.perfetto.dev and chrome://tracing open:
/// bars are complete events (<c>X</c>), markers instants (<c>i</c>), the critical path arrows (<c>s</c> and <c>f</c>), charts
/// counters (<c>C</c>), names metadata (<c>M</c>). Source of the format: "Trace Event Format", the Chromium project. Each
/// timeline and chart starts at 0.
/// </summary>
internal sealed class TraceReportRenderer : IReportRenderer
{
    public string MediaType => "application/json";

    public string FileExtension => ".trace";

    public void Render(ReportDocument document, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("displayTimeUnit", "ms");
            json.WriteStartObject("otherData");
            json.WriteString("title", TraceWriter.Text(document.Title));
            json.WriteEndObject();
            json.WriteStartArray("traceEvents");
            var trace = new TraceWriter(json);
            foreach (ReportBlock block in document.Sections.SelectMany(section => section.Blocks))
            {
                switch (block)
                {
                    case TimelineBlock timeline:
                        TraceTimeline.Write(trace, timeline);
                        break;
                    case ChartBlock chart:
                        WriteChart(trace, chart);
                        break;
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        output.Write('\n');
    }

    private static void WriteChart(TraceWriter trace, ChartBlock chart)
    {
        int process = trace.NewProcess(chart.Title);
        foreach (ChartSeries series in chart.Series)
        {
            foreach (ChartPoint point in series.Points)
            {
                // A counter has no gaps: it keeps its last value.
                if (point.Value is { } value && double.IsFinite(value))
                {
                    trace.Counter(series.Label, TimelineTree.Clamp(point.At), process, chart.Unit.ToString(), value);
                }
            }
        }
    }
}

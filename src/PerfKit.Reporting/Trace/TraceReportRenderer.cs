using System.Text;
using System.Text.Json;

namespace PerfKit.Reporting;

/// <summary>
/// The timelines and charts of a document in Chrome's Trace Event Format, which ui.perfetto.dev and chrome://tracing open:
/// bars are complete events (<c>X</c>), charts are counters (<c>C</c>), names are metadata (<c>M</c>). Source of the format:
/// "Trace Event Format", the Chromium project. Times are microseconds; each timeline and chart starts at 0.
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
            json.WriteString("title", document.Title);
            json.WriteEndObject();
            json.WriteStartArray("traceEvents");
            int process = 0;
            foreach (ReportBlock block in document.Sections.SelectMany(section => section.Blocks))
            {
                switch (block)
                {
                    case TimelineBlock timeline:
                        WriteTimeline(json, timeline, ++process);
                        break;
                    case ChartBlock chart:
                        WriteChart(json, chart, ++process);
                        break;
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        output.Write('\n');
    }

    // A timeline is a process of the trace and a lane is a thread, so that overlapping bars stand below one another.
    private static void WriteTimeline(Utf8JsonWriter json, TimelineBlock timeline, int process)
    {
        WriteName(json, "process_name", process, 0, timeline.Title);
        foreach ((TimelineBar bar, int lane) in TraceLanes.Assign(timeline.Bars.Select(Clamped)))
        {
            json.WriteStartObject();
            json.WriteString("name", bar.Label);
            json.WriteString("cat", bar.Kind.ToString());
            json.WriteString("ph", "X");
            json.WriteNumber("ts", Microseconds(bar.Start));
            json.WriteNumber("dur", Microseconds(bar.Duration));
            json.WriteNumber("pid", process);
            json.WriteNumber("tid", lane);
            if (!string.IsNullOrEmpty(bar.Note))
            {
                json.WriteStartObject("args");
                json.WriteString("note", bar.Note);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    private static void WriteChart(Utf8JsonWriter json, ChartBlock chart, int process)
    {
        WriteName(json, "process_name", process, 0, chart.Title);
        foreach (ChartSeries series in chart.Series)
        {
            foreach (ChartPoint point in series.Points)
            {
                if (point.Value is not { } value || !double.IsFinite(value))
                {
                    continue; // a counter has no gaps: it keeps its last value
                }

                json.WriteStartObject();
                json.WriteString("name", series.Label);
                json.WriteString("ph", "C");
                json.WriteNumber("ts", Microseconds(point.At));
                json.WriteNumber("pid", process);
                json.WriteStartObject("args");
                json.WriteNumber(chart.Unit.ToString(), value);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }
    }

    private static void WriteName(Utf8JsonWriter json, string kind, int process, int thread, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", kind);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", process);
        json.WriteNumber("tid", thread);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static TimelineBar Clamped(TimelineBar bar) => bar with
    {
        Start = bar.Start < TimeSpan.Zero ? TimeSpan.Zero : bar.Start,
        Duration = bar.Duration < TimeSpan.Zero ? TimeSpan.Zero : bar.Duration,
    };

    private static double Microseconds(TimeSpan time) => time.Ticks / (double)TimeSpan.TicksPerMicrosecond;
}

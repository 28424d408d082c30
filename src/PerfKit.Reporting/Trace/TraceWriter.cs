using System.Text;
using System.Text.Json;

namespace PerfKit.Reporting;

/// <summary>
/// Events of Chrome's Trace Event Format, each with the fields that its phase requires. Times are microseconds. Threads get
/// numbers that are unique in the file and never 0: viewers of system traces take thread 0 for the idle one, whatever its process.
/// </summary>
internal sealed class TraceWriter(Utf8JsonWriter json)
{
    private int _processes;
    private int _threads;
    private int _flows;

    public int NewProcess(string name)
    {
        int process = ++_processes;
        Metadata("process_name", process, 0, "name", Text(name));
        Metadata("process_sort_index", process, 0, "sort_index", process);
        return process;
    }

    public int NewThread(int process, string name)
    {
        int thread = ++_threads;
        Metadata("thread_name", process, thread, "name", Text(name));
        Metadata("thread_sort_index", process, thread, "sort_index", thread);
        return thread;
    }

    /// <summary>A slice, as a complete event.</summary>
    public void Slice(string name, string category, TimeSpan start, TimeSpan duration, int process, int thread, Action<Utf8JsonWriter>? arguments)
    {
        Begin(name, "X", start, process, thread);
        json.WriteString("cat", Text(category));
        json.WriteNumber("dur", Microseconds(TimelineTree.Add(start, duration) - start));
        if (arguments is not null)
        {
            json.WriteStartObject("args");
            arguments(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>An instant of the whole process.</summary>
    public void Instant(string name, TimeSpan at, int process, int thread)
    {
        Begin(name, "i", at, process, thread);
        json.WriteString("cat", "milestone");
        json.WriteString("s", "p");
        json.WriteEndObject();
    }

    public void Counter(string name, TimeSpan at, int process, string unit, double value)
    {
        Begin(name, "C", at, process, thread: 0);
        json.WriteStartObject("args");
        json.WriteNumber(unit, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An arrow. Both ends bind to the slice that encloses them, so they must lie inside of slices of their threads.</summary>
    public void Flow(string name, int process, (TimeSpan At, int Thread) from, (TimeSpan At, int Thread) to)
    {
        int id = ++_flows;
        Begin(name, "s", from.At, process, from.Thread);
        json.WriteString("cat", "critical path");
        json.WriteNumber("id", id);
        json.WriteEndObject();
        Begin(name, "f", to.At, process, to.Thread);
        json.WriteString("cat", "critical path");
        json.WriteNumber("id", id);
        json.WriteString("bp", "e");
        json.WriteEndObject();
    }

    /// <summary>The text with halves of surrogate pairs replaced; JSON could not hold them.</summary>
    public static string Text(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            clean.Append(rune);
        }

        return clean.ToString();
    }

    // A decimal has room for every tick, so that what is nested by its times stays nested when they are added up.
    private static decimal Microseconds(TimeSpan time) => time.Ticks / (decimal)TimeSpan.TicksPerMicrosecond;

    private void Metadata(string kind, int process, int thread, string key, object value)
    {
        Begin(kind, "M", TimeSpan.Zero, process, thread);
        json.WriteStartObject("args");
        if (value is int number)
        {
            json.WriteNumber(key, number);
        }
        else
        {
            json.WriteString(key, (string)value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Begin(string name, string phase, TimeSpan at, int process, int thread)
    {
        json.WriteStartObject();
        json.WriteString("name", Text(name));
        json.WriteString("ph", phase);
        json.WriteNumber("ts", Microseconds(at));
        json.WriteNumber("pid", process);
        json.WriteNumber("tid", thread);
    }
}

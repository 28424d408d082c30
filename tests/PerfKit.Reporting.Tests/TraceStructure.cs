using System.Text.Json;

namespace PerfKit.Reporting.Tests;

/// <summary>What the Trace Event Format requires of a file, as far as a structure can be checked without a viewer.</summary>
internal static class TraceStructure
{
    public static void Check(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement[] events = [.. document.RootElement.GetProperty("traceEvents").EnumerateArray()];
        Assert.All(events, CheckFields);
        CheckNames(events);
        Dictionary<(int, int), List<(decimal From, decimal To)>> slices = Slices(events);
        Assert.All(slices.Values, CheckNesting);
        CheckFlows(events, slices);
    }

    private static void CheckFields(JsonElement item)
    {
        string phase = item.GetProperty("ph").GetString()!;
        Assert.NotNull(item.GetProperty("name").GetString());
        Assert.True(item.GetProperty("pid").TryGetInt32(out int process) && process > 0);
        Assert.True(item.GetProperty("tid").TryGetInt32(out int thread) && (thread > 0 || phase is "M" or "C"));
        Assert.True(Time(item, "ts") >= 0);
        switch (phase)
        {
            case "X":
                Assert.True(Time(item, "dur") >= 0);
                Assert.NotNull(item.GetProperty("cat").GetString());
                break;
            case "i":
                Assert.Contains(item.GetProperty("s").GetString(), (string[])["g", "p", "t"]);
                break;
            case "s" or "f":
                Assert.True(item.GetProperty("id").TryGetInt32(out _));
                Assert.NotNull(item.GetProperty("cat").GetString());
                Assert.Equal(phase == "f" ? "e" : null, item.TryGetProperty("bp", out JsonElement binding) ? binding.GetString() : null);
                break;
            case "C":
                Assert.All(item.GetProperty("args").EnumerateObject(), value => Assert.Equal(JsonValueKind.Number, value.Value.ValueKind));
                break;
            default:
                Assert.Equal("M", phase);
                Assert.Contains(item.GetProperty("name").GetString(), (string[])["process_name", "process_sort_index", "thread_name", "thread_sort_index"]);
                break;
        }

        if (item.TryGetProperty("args", out JsonElement arguments))
        {
            string[] keys = [.. arguments.EnumerateObject().Select(argument => argument.Name)];
            Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static void CheckNames(JsonElement[] events)
    {
        (int Process, int Thread)[] named = [.. events.Where(item => Text(item, "name") == "thread_name" && Text(item, "ph") == "M").Select(Place)];
        Assert.Equal(named.Length, named.Select(place => place.Thread).Distinct().Count());
        Assert.All(events.Where(item => Text(item, "ph") is "X" or "i" or "s" or "f"), item => Assert.Contains(Place(item), named));
    }

    private static Dictionary<(int, int), List<(decimal From, decimal To)>> Slices(JsonElement[] events) => events
        .Where(item => Text(item, "ph") == "X").GroupBy(Place)
        .ToDictionary(thread => thread.Key, thread => thread.Select(item => (Time(item, "ts"), Time(item, "ts") + Time(item, "dur"))).ToList());

    private static void CheckNesting(List<(decimal From, decimal To)> slices)
    {
        var open = new Stack<decimal>();
        foreach ((decimal from, decimal to) in slices.OrderBy(slice => slice.From).ThenByDescending(slice => slice.To))
        {
            while (open.TryPeek(out decimal end) && end <= from)
            {
                open.Pop();
            }

            Assert.True(!open.TryPeek(out decimal around) || to <= around, "Slices of one thread must be apart or nested.");
            open.Push(to);
        }
    }

    private static void CheckFlows(JsonElement[] events, Dictionary<(int, int), List<(decimal From, decimal To)>> slices)
    {
        foreach (IGrouping<int, JsonElement> flow in events.Where(item => Text(item, "ph") is "s" or "f").GroupBy(item => item.GetProperty("id").GetInt32()))
        {
            Assert.Equal(["s", "f"], flow.Select(item => Text(item, "ph")));
            Assert.True(Time(flow.First(), "ts") <= Time(flow.Last(), "ts"));
            Assert.All(flow, end => Assert.Contains(slices[Place(end)], slice => slice.From <= Time(end, "ts") && Time(end, "ts") < slice.To));
        }
    }

    private static (int Process, int Thread) Place(JsonElement item) => (item.GetProperty("pid").GetInt32(), item.GetProperty("tid").GetInt32());

    private static string? Text(JsonElement item, string property) => item.GetProperty(property).GetString();

    private static decimal Time(JsonElement item, string property) => item.GetProperty(property).GetDecimal();
}

using System.Text.Json;

namespace PerfKit.ChangePointBenchmark;

/// <summary>One series of a folder; a missing value is NaN.</summary>
/// <param name="Annotations">For each person, the points they marked; <see langword="null"/> when the file has none.</param>
internal sealed record Series(string Name, string Stratum, double[] Values, IReadOnlyList<int[]>? Annotations)
{
    /// <summary>Reads every series of a folder, by file name. A JSON file without <c>values</c> is none, and is left out.</summary>
    /// <exception cref="UnusableInputException">The folder or a file of it cannot be used; the message names it and what is wrong.</exception>
    public static List<Series> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UnusableInputException($"{folder}: there is no such folder.");

        var all = new List<Series>();
        var files = new Dictionary<string, string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (ReadFile(file) is not { } series)
                continue;
            if (!files.TryAdd(series.Name, file))
                throw new UnusableInputException($"{file}: its name, \"{series.Name}\", is also that of {files[series.Name]}.");
            all.Add(series);
        }

        return all.Count > 0 ? all : throw new UnusableInputException($"{folder}: no *.json file in it has \"values\".");
    }

    private static Series? ReadFile(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("values", out JsonElement values))
                return null;

            double[] numbers = [.. Items(values, "values").Select((value, index) => Number(value, $"values[{index}]"))];
            return new Series(
                Text(root, "name") ?? throw new FormatException("\"name\" is missing or no text"),
                Text(root, "stratum") ?? "",
                numbers,
                root.TryGetProperty("annotations", out JsonElement annotations) ? People(annotations, numbers.Length) : null);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException($"{file}: {exception.Message}");
        }
    }

    private static string? Text(JsonElement root, string property) =>
        root.TryGetProperty(property, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new FormatException($"{name} is no array");

    private static double Number(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.Number => value.GetDouble(),
        _ => throw new FormatException($"{name} is {value.GetRawText()}, neither a number nor null"),
    };

    private static List<int[]> People(JsonElement annotations, int count)
    {
        if (annotations.ValueKind != JsonValueKind.Object || !annotations.EnumerateObject().Any())
            throw new FormatException("annotations is no object with at least one person");
        return [.. annotations.EnumerateObject().Select(person =>
            Items(person.Value, $"annotations.{person.Name}").Select(point => Index(point, person.Name, count)).ToArray())];
    }

    private static int Index(JsonElement point, string person, int count) =>
        point.ValueKind == JsonValueKind.Number && point.TryGetInt32(out int index) && index >= 0 && index < count
            ? index
            : throw new FormatException($"annotations.{person} has {point.GetRawText()}, which is no index of {count} values");
}

/// <summary>What was given cannot be used; the message is for the user.</summary>
internal sealed class UnusableInputException(string message) : Exception(message);

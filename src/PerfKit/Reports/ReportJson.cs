using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PerfKit;

/// <summary>The JSON shape of the typed reports and of the audit log's lines.</summary>
internal static class ReportJson
{
    public const int FormatVersion = 1;

    public static ReportJsonContext Context => ReportJsonContext.Default;

    public static string Write<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.Serialize(report, type);

    public static T Read<T>(string json, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using (JsonDocument document = JsonDocument.Parse(json))
                RefuseNullItems(document.RootElement, "$");
            return JsonSerializer.Deserialize(json, type)
                ?? throw new FormatException($"The JSON is 'null'; allowed: a {typeof(T).Name} object.");
        }
        catch (JsonException exception)
        {
            // The serializer's own message names path, line and expected type.
            throw new FormatException($"The JSON is no {typeof(T).Name}: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)     // a text holds an escaped half of a surrogate pair
        {
            throw new FormatException($"The JSON is no {typeof(T).Name}: $ is not all valid Unicode; allowed: text in valid Unicode.", exception);
        }
    }

    // The serializer refuses a null where a property says so, but not inside a list.
    private static void RefuseNullItems(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                string at = $"{path}[{(index++).ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
                if (item.ValueKind == JsonValueKind.Null)
                    throw new FormatException($"{at} is null; allowed: a value.");
                RefuseNullItems(item, at);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
                RefuseNullItems(property.Value, $"{path}.{property.Name}");
        }
    }

    public static void CheckVersion(int version)
    {
        if (version != FormatVersion)
            throw new FormatException($"$.formatVersion is {version}; allowed: {FormatVersion}.");
    }

    public static async Task SaveAsync(string json, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, json, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LatencyHistogramJsonConverter)])]
[JsonSerializable(typeof(StartupReport))]
[JsonSerializable(typeof(RuntimeReport))]
[JsonSerializable(typeof(StartupComparison))]
[JsonSerializable(typeof(SampleRecording))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>One object a line: the audit log's shape.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditLogEntry))]
internal sealed partial class AuditLogJsonContext : JsonSerializerContext;

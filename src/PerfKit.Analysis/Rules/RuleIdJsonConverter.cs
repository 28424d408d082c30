using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfKit.Analysis;

/// <summary>Writes a <see cref="RuleId"/> as its text, and refuses any other.</summary>
public sealed class RuleIdJsonConverter : JsonConverter<RuleId>
{
    /// <inheritdoc/>
    public override RuleId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RuleId.TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, null, out RuleId rule)
            ? rule
            : throw new JsonException("A rule id is a string from \"PK0001\" to \"PK9999\".");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RuleId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

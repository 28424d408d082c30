using System.Text.Json;
using System.Text.Json.Serialization;
using PerfKit.Statistics;

namespace PerfKit;

/// <summary>A histogram's own compact bytes, as base64, so that reports of several windows or machines can be merged.</summary>
internal sealed class LatencyHistogramJsonConverter : JsonConverter<LatencyHistogram>
{
    public override LatencyHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out byte[]? bytes))
            throw new JsonException(); // the serializer adds the path
        try
        {
            return LatencyHistogram.FromBytes(bytes);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, LatencyHistogram value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.ToBytes());
}

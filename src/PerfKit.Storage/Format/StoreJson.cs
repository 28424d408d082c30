using System.Text.Json.Serialization;

namespace PerfKit.Storage;

/// <summary>How runs are written: camel case, kinds by name, what is not known left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditRun))]
internal sealed partial class StoreJson : JsonSerializerContext;

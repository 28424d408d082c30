using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfKit.Reporting;

/// <summary>Everything a document is made of, for System.Text.Json without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    MaxDepth = 64,
    WriteIndented = true,
    Converters =
    [
        typeof(CamelCaseEnumConverter<Unit>),
        typeof(CamelCaseEnumConverter<FactTone>),
        typeof(CamelCaseEnumConverter<ColumnAlignment>),
        typeof(CamelCaseEnumConverter<TimelineBarKind>),
        typeof(CamelCaseEnumConverter<TimelinePartKind>),
        typeof(CamelCaseEnumConverter<FindingSeverity>),
        typeof(CamelCaseEnumConverter<AdviceEffort>),
        typeof(CamelCaseEnumConverter<AdvicePriority>),
    ])]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>Writes an enum as its name in camel case, and reads nothing else.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PerfKit.Reporting;

/// <summary>
/// Compares JSON with the serializer's own contract of a document. The serializer would refuse the same things, except
/// for nulls within lists, but without the value and without what is allowed.
/// </summary>
internal static class ReportJsonCheck
{
    private const int LongestValue = 60;

    /// <summary>The place, the value and what is allowed; <see langword="null"/> when the document can be read.</summary>
    public static string? FirstMistake(JsonElement root) => Check(root, typeof(ReportDocument), isNullable: false, "$");

    private static string? Check(JsonElement value, Type type, bool isNullable, string path)
    {
        Type actual = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return isNullable || actual != type ? null : Mistake(value, path, Allowed(actual));
        }

        return ReportJsonContext.Default.GetTypeInfo(actual) is { } contract
            ? contract.Kind switch
            {
                JsonTypeInfoKind.Object => CheckObject(value, contract, path),
                JsonTypeInfoKind.Enumerable => CheckList(value, contract, path),
                _ => IsAllowed(value, actual) ? null : Mistake(value, path, Allowed(actual)),
            }
            : null;
    }

    private static string? CheckList(JsonElement value, JsonTypeInfo contract, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Mistake(value, path, "a list");
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
            if (Check(item, contract.ElementType!, isNullable: false, place) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    private static string? CheckObject(JsonElement value, JsonTypeInfo contract, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Mistake(value, path, "an object");
        }

        if (contract.PolymorphismOptions is { } kinds)
        {
            string discriminator = kinds.TypeDiscriminatorPropertyName;
            bool isGiven = value.TryGetProperty(discriminator, out JsonElement kind);
            JsonDerivedType known = kinds.DerivedTypes.FirstOrDefault(derived =>
                isGiven && kind.ValueKind == JsonValueKind.String && kind.GetString() == (string?)derived.TypeDiscriminator);
            if (known.DerivedType is null)
            {
                string allowed = "one of " + string.Join(", ", kinds.DerivedTypes.Select(derived => derived.TypeDiscriminator));
                return isGiven ? Mistake(kind, $"{path}.{discriminator}", allowed) : Missing($"{path}.{discriminator}", allowed);
            }

            contract = ReportJsonContext.Default.GetTypeInfo(known.DerivedType)!;
        }

        foreach (JsonPropertyInfo property in contract.Properties)
        {
            string place = $"{path}.{property.Name}";
            if (value.TryGetProperty(property.Name, out JsonElement item))
            {
                if (Check(item, property.PropertyType, property.IsSetNullable, place) is { } mistake)
                {
                    return mistake;
                }
            }
            else if (property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false })
            {
                return Missing(place, Allowed(property.PropertyType));
            }
        }

        return null;
    }

    private static bool IsAllowed(JsonElement value, Type type)
    {
        if (type.IsEnum)
        {
            return value.ValueKind == JsonValueKind.String && Names(type).Contains(value.GetString(), StringComparer.OrdinalIgnoreCase);
        }

        if (type == typeof(double))
        {
            return value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity");
        }

        if (type == typeof(bool))
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        return type == typeof(DateTimeOffset) ? value.TryGetDateTimeOffset(out _)
            : type != typeof(TimeSpan) || TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out _);
    }

    private static string Allowed(Type type)
    {
        Type actual = Nullable.GetUnderlyingType(type) ?? type;
        return actual.IsEnum ? "one of " + string.Join(", ", Names(actual))
            : actual == typeof(string) ? "a text"
            : actual == typeof(bool) ? "true or false"
            : actual == typeof(double) ? "a number, \"NaN\", \"Infinity\" or \"-Infinity\""
            : actual == typeof(TimeSpan) ? "a duration as [-][d.]hh:mm:ss[.fffffff]"
            : actual == typeof(DateTimeOffset) ? "a date and time with offset, as 2026-03-14T09:26:53+01:00"
            : ReportJsonContext.Default.GetTypeInfo(actual)?.Kind == JsonTypeInfoKind.Enumerable ? "a list"
            : "an object";
    }

    private static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static string Missing(string path, string allowed) => $"{path} is missing; allowed is {allowed}.";

    private static string Mistake(JsonElement value, string path, string allowed)
    {
        string text = value.GetRawText().ReplaceLineEndings(" ");
        return $"{path} is {(text.Length <= LongestValue ? text : text[..LongestValue] + "…")}; allowed is {allowed}.";
    }
}

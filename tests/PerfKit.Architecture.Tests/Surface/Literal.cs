using System.Globalization;

namespace PerfKit.Architecture.Tests;

/// <summary>A constant as C# would write it.</summary>
internal static class Literal
{
    public static string Of(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
            return type.IsValueType && plain == type ? "default" : "null";
        if (plain.IsEnum)
            return $"{TypeText.Name(plain)}.{Enum.ToObject(plain, value)}";

        return value switch
        {
            string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            char letter => $"'{letter}'",
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}

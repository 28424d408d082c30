using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>A JSON value that knows its path, so that whatever is wrong with it can be said precisely.</summary>
internal readonly struct Node
{
    private const int MaxShownCharacters = 80;

    private readonly JsonElement _element;      // Undefined when the value is missing

    private Node(JsonElement element, string path)
    {
        _element = element;
        Path = path;
    }

    public static string Kinds { get; } = string.Join(" or ", Enum.GetNames<AuditKind>().Select(name => $"\"{name}\""));

    public string Path { get; }

    private bool IsAbsent => _element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public static Node Root(JsonDocument document, string path = "$") => new(document.RootElement, path);

    public static Node Missing(string path) => new(default, path);

    public static string Invariant(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A member of an object; members that this version does not know are simply never asked for.</summary>
    public Node Member(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object)
            throw Refused("an object");
        return new Node(_element.TryGetProperty(name, out JsonElement member) ? member : default, $"{Path}.{name}");
    }

    public Node? OptionalMember(string name) => Member(name) is { IsAbsent: false } member ? member : null;

    public List<T> List<T>(Func<Node, T> read)
    {
        if (_element.ValueKind != JsonValueKind.Array)
            throw Refused("a list");

        var items = new List<T>(_element.GetArrayLength());
        foreach (JsonElement item in _element.EnumerateArray())
            items.Add(read(new Node(item, $"{Path}[{Invariant(items.Count)}]")));
        return items;
    }

    public string Text() => _element.ValueKind == JsonValueKind.String ? _element.GetString()! : throw Refused("a text");

    public string? OptionalText() => IsAbsent ? null : Text();

    public IReadOnlyDictionary<string, string> OptionalTexts()
    {
        if (IsAbsent)
            return FrozenDictionary<string, string>.Empty;
        if (_element.ValueKind != JsonValueKind.Object)
            throw Refused("an object of texts");

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty member in _element.EnumerateObject())
            texts[member.Name] = new Node(member.Value, $"{Path}.{member.Name}").Text();
        return texts;
    }

    public double Number() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out double number) && double.IsFinite(number)
            ? number : throw Refused("a finite number");

    /// <summary>A number; <see langword="null"/> when there is none: nothing, an empty text or the text "NaN".</summary>
    public double? NumberIfKnown() =>
        IsAbsent || (_element.ValueKind == JsonValueKind.String && _element.GetString() is "" or "NaN") ? null : Number();

    public Guid Identifier() =>
        _element.ValueKind == JsonValueKind.String && _element.TryGetGuid(out Guid id)
            ? id : throw Refused("an identifier like \"0b8f6c1e-4f0e-4c39-9d3e-2f5d3a5f7a10\"");

    public DateTimeOffset Instant() =>
        _element.ValueKind == JsonValueKind.String && _element.TryGetDateTimeOffset(out DateTimeOffset instant)
            ? instant : throw Refused("an ISO 8601 instant like \"2026-01-31T12:00:00+00:00\"");

    public AuditKind Kind()
    {
        // Enum.TryParse also takes numbers, lists and spaces: only the names themselves are allowed here.
        string? text = _element.ValueKind == JsonValueKind.String ? _element.GetString() : null;
        return text is not null && Enum.GetNames<AuditKind>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<AuditKind>(text) : throw Refused(Kinds);
    }

    public void MustBe(string text)
    {
        if (_element.ValueKind != JsonValueKind.String || !_element.ValueEquals(text))
            throw Refused($"\"{text}\"");
    }

    public void MustBe(int number)
    {
        if (_element.ValueKind != JsonValueKind.Number || !_element.TryGetInt32(out int actual) || actual != number)
            throw Refused(Invariant(number));
    }

    public StoreFormatException Refused(string allowed) => new(Path, Shown(), allowed);

    private string Shown()
    {
        if (_element.ValueKind == JsonValueKind.Undefined)
            return "missing";
        string text = _element.GetRawText();
        return text.Length <= MaxShownCharacters ? text : string.Concat(text.AsSpan(0, MaxShownCharacters), "…");
    }
}

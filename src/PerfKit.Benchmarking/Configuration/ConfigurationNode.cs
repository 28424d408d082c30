using System.Globalization;
using System.Text.Json;

namespace PerfKit.Benchmarking;

/// <summary>A JSON value that knows its path, and notes what is wrong with it.</summary>
internal sealed class ConfigurationNode(string path, JsonElement element, List<ConfigurationMistake> mistakes)
{
    private const int MaxShownCharacters = 80;

    /// <summary>The key of a member; empty for what has none.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Reads an object with these keys and no others.</summary>
    public void Object(Dictionary<string, Action<ConfigurationNode>> readers)
    {
        string allowed = string.Join(", ", readers.Keys);
        foreach (ConfigurationNode member in Members($"an object with {allowed}", int.MaxValue))
        {
            if (readers.TryGetValue(member.Name, out Action<ConfigurationNode>? read))
                read(member);
            else
                member.Note("an unknown key", allowed);
        }
    }

    /// <summary>The members of an object, each key once.</summary>
    public IReadOnlyList<ConfigurationNode> Members(string allowed, int most)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(allowed);
            return [];
        }

        var members = new List<ConfigurationNode>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            var member = new ConfigurationNode($"{path}.{property.Name}", property.Value, mistakes) { Name = property.Name };
            if (names.Add(property.Name))
                members.Add(member);
            else
                member.Note("there twice", "each key once");
        }

        if (members.Count > most)
            Note(string.Create(CultureInfo.InvariantCulture, $"{members.Count} keys"), allowed);
        return members;
    }

    public IReadOnlyList<ConfigurationNode> Items(string allowed)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return [.. element.EnumerateArray().Select((item, index) => new ConfigurationNode(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item, mistakes))];

        Refuse(allowed);
        return [];
    }

    public double? Number(string allowed, Func<double, bool> isAllowed)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && isAllowed(value))
            return value;

        Refuse($"a number {allowed}");
        return null;
    }

    public bool IsText(string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    /// <summary>Notes that this value is not allowed.</summary>
    public void Refuse(string allowed)
    {
        string text = element.GetRawText().ReplaceLineEndings(" ");
        Note(text.Length <= MaxShownCharacters ? text : text[..MaxShownCharacters] + "…", allowed);
    }

    /// <summary>Notes that a member's value is not allowed beside another's.</summary>
    public void Refuse(string member, string value, string allowed) => mistakes.Add(new ConfigurationMistake($"{path}.{member}", value, allowed));

    private void Note(string value, string allowed) => mistakes.Add(new ConfigurationMistake(path, value, allowed));
}

using System.Text.Json;

namespace StartupLab;

/// <summary>Merges the settings files, later ones over earlier ones.</summary>
internal sealed class SettingsStore(string folder)
{
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.Ordinal);

    public void Load()
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, Setting>>(File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? [];
            foreach ((string key, Setting setting) in entries)
                _settings[key] = setting;
        }
    }

    internal sealed record Setting(string Value, int Limit, IReadOnlyList<string> Tags);
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StartupLab;

/// <summary>
/// What the site's services find on disk when they start: settings, articles, permissions, assets, a catalogue image and an
/// old log. Made once, outside of what is measured, and the same on every machine.
/// </summary>
internal sealed class SiteFiles(string folder)
{
    private const int SettingsFiles = 60;
    private const int Articles = 12_000;
    private const int Permissions = 150_000;
    private const int Assets = 24;

    private static readonly string[] Syllables =
        ["ba", "cor", "de", "fin", "gal", "hum", "is", "jo", "kel", "lor", "mi", "nost", "or", "pel", "qua", "rin", "sta", "tor", "ul", "ven"];

    public string Folder => folder;

    public string Settings => Path.Combine(folder, "settings");

    public string ArticlesFile => Path.Combine(folder, "articles.tsv");

    public string PermissionsFile => Path.Combine(folder, "permissions.txt");

    public string AssetsFolder => Path.Combine(folder, "assets");

    public string ImageFile => Path.Combine(folder, "images.bin");

    public string OldLog => Path.Combine(folder, "usage.log");

    /// <summary>Writes all files.</summary>
    public void Create()
    {
        var random = new Random(20_260);
        string[] words = [.. Enumerable.Range(0, 3_000).Select(_ => Word(random))];
        Directory.CreateDirectory(Settings);
        Directory.CreateDirectory(AssetsFolder);
        for (int i = 0; i < SettingsFiles; i++)
            File.WriteAllText(Path.Combine(Settings, Text($"{i:D2}.json")), SettingsJson(random, words, i));
        File.WriteAllLines(ArticlesFile, Enumerable.Range(0, Articles)
            .Select(i => Text($"{i}\t{Sentence(random, words, 6)}\t{words[i % 40]}\t{Sentence(random, words, 45)}")));
        File.WriteAllLines(PermissionsFile, Enumerable.Range(0, Permissions)
            .Select(_ => Text($"{words[random.Next(words.Length)]}.{words[random.Next(words.Length)]}:{random.Next(1 << 20)}")));
        for (int i = 0; i < Assets; i++)
            File.WriteAllText(Path.Combine(AssetsFolder, Text($"page{i:D2}.html")), Sentence(random, words, 4_000));
        File.WriteAllLines(OldLog, Enumerable.Range(0, 60_000)
            .Select(i => Text($"2026-01-01T00:{i / 1000:D2}:{i % 60:D2}Z GET /{words[random.Next(words.Length)]}/{random.Next(10_000)} 200 {random.Next(90_000)}")));
        byte[] image = new byte[48 << 20];
        random.NextBytes(image);
        File.WriteAllBytes(ImageFile, image);
    }

    private static string SettingsJson(Random random, string[] words, int number) => JsonSerializer.Serialize(
        Enumerable.Range(0, 120).ToDictionary(
            key => Text($"{words[key]}.{number}.{key}"),
            _ => (object)new { value = Sentence(random, words, 5), limit = random.Next(1_000), tags = new[] { words[random.Next(100)], words[random.Next(100)] } }));

    private static string Sentence(Random random, string[] words, int length)
    {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++)
            text.Append(i > 0 ? " " : "").Append(words[random.Next(words.Length)]);
        return text.ToString();
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

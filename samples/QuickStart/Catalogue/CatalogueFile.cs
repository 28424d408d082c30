using System.Globalization;
using System.Text;

namespace QuickStart;

/// <summary>
/// The shop's data file: comma-separated values with a header line, UTF-8, fields quoted where they hold a comma.
/// </summary>
internal static class CatalogueFile
{
    public const string Header = "sku,name,category,description,price_cents,stock,supplier";
    public const int Suppliers = 40;

    private const int Seed = 20_240_229;

    /// <summary>Writes the file unless it is there: the same rows on every machine.</summary>
    public static void EnsureExists(string path, int rows)
    {
        if (File.Exists(path))
            return;

        var random = new Random(Seed);
        var description = new StringBuilder();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);
        writer.Write(Header);
        writer.Write('\n');
        for (var number = 1; number <= rows; number++)
        {
            string material = Pick(random, Vocabulary.Materials);
            string thing = Pick(random, Vocabulary.Things);
            string name = $"{Pick(random, Vocabulary.Adjectives)} {material} {thing}";
            Describe(description.Clear(), random, material, thing, number);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Product.SkuOf(number)},{name},{Pick(random, Vocabulary.Categories)},\"{description}\","));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{random.Next(300, 80_000)},{random.Next(0, 500)},{SupplierOf(random.Next(Suppliers))}\n"));
        }
    }

    public static string SupplierOf(int index) => $"S{index + 1:D3}";

    /// <summary>The products of a file, in its order.</summary>
    public static IEnumerable<Product> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        if (reader.ReadLine() != Header)
            throw new InvalidDataException($"{path} does not begin with the line '{Header}'.");

        var fields = new List<string>();
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            SplitLine(line, fields);
            if (fields.Count != 7)
                throw new InvalidDataException($"Line {number} of {path} has {fields.Count} fields, not 7.");
            int price = int.Parse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture);
            int stock = int.Parse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture);
            yield return new Product(fields[0], fields[1], fields[2], fields[3], price, price, stock, fields[6]);
        }
    }

    private static void Describe(StringBuilder text, Random random, string material, string thing, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"A {Pick(random, Vocabulary.Finishes)} {thing} of {material}, made for ")
            .Append(CultureInfo.InvariantCulture, $"{Pick(random, Vocabulary.Uses)} and {Pick(random, Vocabulary.Uses)}. ")
            .Append(CultureInfo.InvariantCulture, $"At home in the {Pick(random, Vocabulary.Places)} ")
            .Append(CultureInfo.InvariantCulture, $"and the {Pick(random, Vocabulary.Places)}, or the {Pick(random, Vocabulary.Places)}; ")
            .Append(CultureInfo.InvariantCulture, $"goes well with a {Pick(random, Vocabulary.Adjectives)} {Pick(random, Vocabulary.Things)}. ")
            .Append(CultureInfo.InvariantCulture, $"{random.Next(10, 200)} by {random.Next(10, 200)} cm, model m{number * 7919 % 99_991}.");
    }

    /// <summary>Splits one line; a quoted field may hold commas, and a doubled quote stands for one.</summary>
    private static void SplitLine(string line, List<string> fields)
    {
        fields.Clear();
        var at = 0;
        while (at <= line.Length)
        {
            if (at < line.Length && line[at] == '"')
            {
                int end = at + 1;
                while (end < line.Length && (line[end] != '"' || (end + 1 < line.Length && line[end + 1] == '"')))
                    end += line[end] == '"' ? 2 : 1;
                fields.Add(line[(at + 1)..Math.Min(end, line.Length)].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 2;
            }
            else
            {
                int comma = line.IndexOf(',', at);
                int end = comma < 0 ? line.Length : comma;
                fields.Add(line[at..end]);
                at = end + 1;
            }
        }
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}

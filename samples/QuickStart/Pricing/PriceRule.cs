using System.Globalization;

namespace QuickStart;

/// <summary>
/// One pricing rule: conditions and a change of the price, such as <c>category=Garden; stock&gt;300; percent=-12</c>.
/// </summary>
internal sealed class PriceRule
{
    private readonly List<Func<Product, bool>> _conditions = [];
    private int _percent;

    public static PriceRule Parse(string text)
    {
        var rule = new PriceRule();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = part.AsSpan().IndexOfAny("=<>");
            if (at < 1)
                throw new FormatException($"'{part}' in the pricing rule '{text}' has no '=', '<' or '>'.");
            rule.Add(part[..(at + 1)], part[(at + 1)..], text);
        }

        return rule;
    }

    public bool AppliesTo(Product product) => _conditions.TrueForAll(condition => condition(product));

    /// <summary>The changed price, at least one cent.</summary>
    public int Apply(int priceCents) => Math.Max(1, priceCents + (priceCents * _percent / 100));

    private void Add(string key, string value, string text)
    {
        switch (key)
        {
            case "category=":
                _conditions.Add(product => product.Category == value);
                break;
            case "supplier=":
                _conditions.Add(product => product.Supplier == value);
                break;
            default:
                if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
                    throw new FormatException($"'{value}' in the pricing rule '{text}' is not a whole number.");
                AddNumeric(key, number, text);
                break;
        }
    }

    private void AddNumeric(string key, int number, string text)
    {
        switch (key)
        {
            case "stock<":
                _conditions.Add(product => product.Stock < number);
                break;
            case "stock>":
                _conditions.Add(product => product.Stock > number);
                break;
            case "price<":
                _conditions.Add(product => product.ListPriceCents < number);
                break;
            case "price>":
                _conditions.Add(product => product.ListPriceCents > number);
                break;
            case "percent=":
                _percent = number;
                break;
            default:
                throw new FormatException($"'{key}' in the pricing rule '{text}' is not known.");
        }
    }
}

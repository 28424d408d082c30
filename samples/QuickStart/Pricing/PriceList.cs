namespace QuickStart;

/// <summary>Computes prices by the rules, which apply one after the other.</summary>
internal sealed class PriceList(IReadOnlyList<string> rules)
{
    public int PriceOf(Product product)
    {
        int price = product.ListPriceCents;
        foreach (string text in rules)
        {
            // Fault 3: every rule is parsed again for every product, although the rules never change.
            // The fix: parse them once in the constructor, and group them by category and supplier.
            PriceRule rule = PriceRule.Parse(text);
            if (rule.AppliesTo(product))
                price = rule.Apply(price);
        }

        return price;
    }
}

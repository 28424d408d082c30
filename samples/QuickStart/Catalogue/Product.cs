namespace QuickStart;

/// <summary>One product as the shop sells it.</summary>
/// <param name="Sku">Eight characters, <c>P0000001</c> and up.</param>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Category">One of <see cref="Vocabulary.Categories"/>.</param>
/// <param name="Description">A few sentences.</param>
/// <param name="ListPriceCents">The supplier's recommended price.</param>
/// <param name="PriceCents">Today's price, by the pricing rules.</param>
/// <param name="Stock">Pieces on hand.</param>
/// <param name="Supplier">The usual supplier, <c>S001</c> to <c>S040</c>.</param>
internal sealed record Product(
    string Sku,
    string Name,
    string Category,
    string Description,
    int ListPriceCents,
    int PriceCents,
    int Stock,
    string Supplier)
{
    public static string SkuOf(int number) => $"P{number:D7}";
}

/// <summary>A category and how many products it has.</summary>
internal sealed record CategoryCount(string Category, int Products);

namespace QuickStart;

/// <summary>The suppliers' side: makes an offer for a product. A supplier with a wide range of its category can be cheaper.</summary>
internal sealed class SupplierDesk(CatalogueDatabase database)
{
    public SupplierOffer Offer(string supplier, Product product, int quantity)
    {
        (int products, double meanPrice) = database.SupplierRange(supplier, product.Category);

        // Up to 10 % for the range, up to 15 % for the quantity, and a tenth of the way toward the supplier's usual price.
        double range = Math.Min(products, 100) / 1_000.0;
        double volume = Math.Min(quantity, 100) * 0.15 / 100;
        double price = product.ListPriceCents * (1 - range) * (1 - volume);
        if (products > 0)
            price += (meanPrice - price) / 10;
        return new SupplierOffer(supplier, product.Sku, quantity, Math.Max(1, (int)Math.Round(price)));
    }
}

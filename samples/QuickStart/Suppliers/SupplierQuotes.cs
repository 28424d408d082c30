using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Finds the cheapest of a product's usual supplier and five others.</summary>
internal sealed class SupplierQuotes(SupplierClient client)
{
    private const int Asked = 6;

    public Quote GetQuote(Product product, int quantity)
    {
        using (ServiceContext.Enter("supplier-quotes"))
        {
            // Fault 2: each answer is waited for on the request's thread, and the suppliers are asked one after the other.
            // The fix: make this method async and `await Task.WhenAll(...)` of the calls.
            var offers = new List<SupplierOffer>();
            foreach (string supplier in SuppliersFor(product))
                offers.Add(client.GetOfferAsync(supplier, product.Sku, quantity).GetAwaiter().GetResult());

            return new Quote(product.Sku, quantity, offers.MinBy(offer => offer.UnitPriceCents)!, offers);
        }
    }

    private static IEnumerable<string> SuppliersFor(Product product)
    {
        int usual = Enumerable.Range(0, CatalogueFile.Suppliers).First(index => CatalogueFile.SupplierOf(index) == product.Supplier);
        return Enumerable.Range(usual, Asked).Select(index => CatalogueFile.SupplierOf(index % CatalogueFile.Suppliers));
    }
}

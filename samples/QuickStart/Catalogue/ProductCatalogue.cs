namespace QuickStart;

/// <summary>Finds products: in the cache, else in the database.</summary>
internal sealed class ProductCatalogue(CatalogueDatabase database, ProductCache cache)
{
    public Product? Find(string sku) => cache.GetOrLoad(sku, database.FindBySku);
}

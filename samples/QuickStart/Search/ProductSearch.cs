using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Answers search requests.</summary>
internal sealed class ProductSearch(SearchIndex index, ProductCatalogue catalogue)
{
    public IReadOnlyList<Product> Find(string query, int limit)
    {
        using (ServiceContext.Enter("search"))
            return index.Find(query, limit).Select(catalogue.Find).OfType<Product>().ToList();
    }
}

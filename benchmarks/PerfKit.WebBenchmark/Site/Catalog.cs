namespace PerfKit.WebBenchmark;

/// <summary>A product as customers see it.</summary>
internal sealed record Product(int Id, string Name, string Category, decimal Price, int InStock, IReadOnlyList<string> Tags);

/// <summary>What the site answers from: a thousand products in fifty categories, in memory.</summary>
internal sealed class Catalog
{
    private readonly Product[] _products =
    [
        .. Enumerable.Range(0, 1_000).Select(id => new Product(id, $"Product {id}", $"category-{id % 50}", 1.25m * (id % 97), id % 13, ["new", $"tag-{id % 7}"])),
    ];

    public IEnumerable<Product> Of(string category) => _products.Where(product => product.Category == category).OrderBy(product => product.Price);
}

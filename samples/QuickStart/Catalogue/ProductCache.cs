using System.Diagnostics.CodeAnalysis;

namespace QuickStart;

/// <summary>Products looked up lately, at most <paramref name="capacity"/>; the one unused for longest leaves first. Thread-safe.</summary>
internal sealed class ProductCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Product>> _bySku = new(capacity);
    private readonly LinkedList<Product> _byUse = new();
    private long _removals;

    /// <summary>The product, from the cache or else from <paramref name="load"/>; <c>null</c> when there is none.</summary>
    public Product? GetOrLoad(string sku, Func<string, Product?> load)
    {
        if (TryGet(sku, out Product? cached, out long removals))
            return cached;

        Product? loaded = load(sku);
        if (loaded is not null)
            Add(loaded, removals);
        return loaded;
    }

    public void Add(Product product)
    {
        lock (_lock)
            Put(product);
    }

    /// <summary>Forgets a product, because it changed.</summary>
    public void Remove(string sku)
    {
        lock (_lock)
        {
            _removals++;
            if (_bySku.Remove(sku, out LinkedListNode<Product>? node))
                _byUse.Remove(node);
        }
    }

    private bool TryGet(string sku, [NotNullWhen(true)] out Product? product, out long removals)
    {
        lock (_lock)
        {
            removals = _removals;
            product = null;
            if (!_bySku.TryGetValue(sku, out LinkedListNode<Product>? node))
                return false;

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            product = node.Value;
            return true;
        }
    }

    // What was read before a removal may be stale: it is used once, and not kept.
    private void Add(Product product, long removalsWhenRead)
    {
        lock (_lock)
        {
            if (removalsWhenRead == _removals)
                Put(product);
        }
    }

    private void Put(Product product)
    {
        if (_bySku.Remove(product.Sku, out LinkedListNode<Product>? old))
            _byUse.Remove(old);
        _bySku[product.Sku] = _byUse.AddFirst(product);
        if (_bySku.Count <= capacity)
            return;

        _bySku.Remove(_byUse.Last!.Value.Sku);
        _byUse.RemoveLast();
    }
}

using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Keeps today's prices in step with the stock, in the background.</summary>
internal sealed class PriceWorker(CatalogueDatabase database, ProductCache cache, PriceList prices) : BackgroundService
{
    private const int ChangesPerTransaction = 250;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Fault 3: the whole catalogue is priced again and again, although only a sale changes what a price depends on.
        // The fix: a queue (a Channel) of the products whose stock has changed, and price those.
        while (!stoppingToken.IsCancellationRequested)
        {
            using (ServiceContext.Enter("price-worker"))
                PriceAll(stoppingToken);
        }

        return Task.CompletedTask;
    }

    private void PriceAll(CancellationToken stoppingToken)
    {
        var changes = new List<(string Sku, int PriceCents)>(ChangesPerTransaction);
        foreach (Product product in database.ReadAll())
        {
            if (stoppingToken.IsCancellationRequested)
                break;

            int price = prices.PriceOf(product);
            if (price != product.PriceCents)
                changes.Add((product.Sku, price));
            if (changes.Count == ChangesPerTransaction)
                Save(changes);
        }

        Save(changes);
    }

    private void Save(List<(string Sku, int PriceCents)> changes)
    {
        if (changes.Count == 0)
            return;

        database.SetPrices(changes);
        foreach ((string sku, _) in changes)
            cache.Remove(sku);
        changes.Clear();
    }
}

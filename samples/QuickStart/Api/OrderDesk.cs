namespace QuickStart;

/// <summary>A customer's order.</summary>
internal sealed record OrderRequest(string Sku, int Quantity);

/// <summary>An accepted order.</summary>
internal sealed record OrderReceipt(string Sku, int Quantity, int UnitPriceCents, long TotalCents);

/// <summary>Takes orders: the journal says whether there is enough, the database follows it.</summary>
internal sealed class OrderDesk(ProductCatalogue catalogue, CatalogueDatabase database, ProductCache cache, StockJournal journal)
{
    public IResult Place(OrderRequest request)
    {
        if (request.Quantity is < 1 or > 1_000)
            return Results.BadRequest("An order is for 1 to 1000 pieces.");
        if (catalogue.Find(request.Sku) is not { } product)
            return Results.NotFound();
        if (!journal.TryTake(product, request.Quantity))
            return Results.Conflict($"There are not {request.Quantity} pieces of {request.Sku} in stock.");
        if (!database.TakeStock(product.Sku, request.Quantity))
            throw new InvalidOperationException($"The journal and the database disagree about the stock of {product.Sku}.");

        cache.Remove(product.Sku);
        return Results.Ok(new OrderReceipt(product.Sku, request.Quantity, product.PriceCents, (long)product.PriceCents * request.Quantity));
    }
}

using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>The shop's endpoints.</summary>
internal static class CatalogueApi
{
    private const int PageSize = 20;

    public static void MapCatalogueApi(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            using (ServiceContext.Enter("web-api"))
                await next(context);
        });

        app.MapGet("/products/{sku}", (string sku, ProductCatalogue catalogue) => FoundOrNot(catalogue.Find(sku)));

        app.MapGet("/search", (string q, ProductSearch search) => search.Find(q, PageSize));

        app.MapGet("/categories", (CatalogueDatabase database) => database.Categories());

        app.MapGet(
            "/categories/{category}/products",
            (string category, int? page, CatalogueDatabase database) => database.ListCategory(category, Math.Max(0, page ?? 0), PageSize));

        app.MapGet(
            "/quotes/{sku}",
            (string sku, int quantity, ProductCatalogue catalogue, SupplierQuotes quotes) =>
                FoundOrNot(catalogue.Find(sku) is { } product ? quotes.GetQuote(product, Math.Max(1, quantity)) : null));

        app.MapGet(
            "/suppliers/{supplier}/offers/{sku}",
            (string supplier, string sku, int quantity, ProductCatalogue catalogue, SupplierDesk desk) =>
                FoundOrNot(catalogue.Find(sku) is { } product ? desk.Offer(supplier, product, Math.Max(1, quantity)) : null));

        app.MapPost("/orders", (OrderRequest request, OrderDesk orders) => orders.Place(request));
    }

    private static IResult FoundOrNot<T>(T? answer)
        where T : class => answer is null ? Results.NotFound() : Results.Ok(answer);
}

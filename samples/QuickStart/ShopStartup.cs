using System.Net;
using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Starts the shop's services, each in a <see cref="StartupScope"/>: that is all PerfKit needs to time them.</summary>
internal static class ShopStartup
{
    /// <summary>A web host on a free loopback port, with the settings that lie beside the program.</summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        using var scope = StartupScope.Begin("configuration", ServiceType.Essential);

        var options = new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(options);
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port: 0));
        builder.Services.AddSingleton(Settings.From(builder.Configuration));
        return builder;
    }

    /// <summary>Makes the shop ready to serve: the data file, the database, what is kept in memory, the endpoints.</summary>
    public static async Task<WebApplication> StartAsync(WebApplicationBuilder builder, Workspace workspace)
    {
        var settings = Settings.From(builder.Configuration);
        string file = workspace.File("catalogue.csv");
        using (StartupScope.Begin("catalogue-file", ServiceType.Essential))
            CatalogueFile.EnsureExists(file, settings.Products);

        var database = new CatalogueDatabase(workspace.File("catalogue.db"));
        using (var scope = StartupScope.Begin("catalogue-database", ServiceType.Essential))
        {
            scope.AddDependency("catalogue-file");
            CatalogueLoader.Load(database, file, scope);
        }

        var cache = new ProductCache(settings.CachedProducts);
        using (var scope = StartupScope.Begin("product-cache", ServiceType.Optional))
        {
            scope.AddDependency("catalogue-database");
            foreach (Product product in database.Bestsellers(settings.WarmProducts))
                cache.Add(product);
        }

        var journal = new StockJournal(workspace.File("journal"));
        using (var scope = StartupScope.Begin("stock-journal", ServiceType.Essential))
        {
            scope.AddDependency("catalogue-database");
            journal.Open(database.ReadAll());
        }

        // Fault 1: every start waits for the whole index, although only the search endpoint needs it.
        // The fix: build it in a background task, which ProductSearch awaits.
        SearchIndex index;
        using (var scope = StartupScope.Begin("search-index", ServiceType.Optional))
        {
            scope.AddDependency("catalogue-database");
            IReadOnlyList<Product> products;
            using (scope.BeginDependency("read products"))
                products = database.ReadAll();
            index = SearchIndex.Build(products);
        }

        builder.Services
            .AddSingleton(_ => database) // a factory, so that the container closes it at the end
            .AddSingleton(cache)
            .AddSingleton(journal)
            .AddSingleton(index)
            .AddSingleton(new PriceList(settings.PriceRules))
            .AddSingleton<ProductCatalogue>()
            .AddSingleton<ProductSearch>()
            .AddSingleton<SupplierDesk>()
            .AddSingleton<SupplierClient>()
            .AddSingleton<SupplierQuotes>()
            .AddSingleton<OrderDesk>()
            .AddHostedService<PriceWorker>();

        WebApplication app = builder.Build();
        using (StartupScope.Begin("supplier-client", ServiceType.Essential))
            app.Services.GetRequiredService<SupplierClient>();

        using (var scope = StartupScope.Begin("web-api", ServiceType.Essential))
        {
            scope.AddDependency("catalogue-database");
            scope.AddDependency("supplier-client");
            app.MapCatalogueApi();
            await app.StartAsync();
        }

        return app;
    }
}

using PerfKit.Instrumentation;

namespace StartupLab;

/// <summary>The site of a small publisher: its services, in the order in which they start unless somebody thinks about it.</summary>
internal static class Publisher
{
    /// <param name="files">What the services read.</param>
    /// <param name="scratch">An empty folder for what they write.</param>
    /// <param name="upstream">The port of <see cref="Upstream"/>.</param>
    public static IReadOnlyList<SiteService> Services(SiteFiles files, string scratch, int upstream)
    {
        var settings = new SettingsStore(files.Settings);
        var identity = new TlsIdentity();
        var journal = new OrderJournal(Path.Combine(scratch, "orders.journal"));
        var database = new ArticleDatabase(Path.Combine(scratch, "articles.db"), files.ArticlesFile);
        var search = new SearchIndex(database);
        var cache = new ArticleCache(database);
        var access = new AccessTable(files.PermissionsFile);
        var rules = new MessageRules();
        var templates = new PageTemplates();
        return
        [
            new("settings", ServiceType.Essential, [], settings.Load),
            new("tls-identity", ServiceType.Essential, ["settings"], identity.Create),
            new("order-journal", ServiceType.Essential, ["settings"], journal.Recover),
            new("article-database", ServiceType.Essential, ["settings"], database.Load),
            new("session-store", ServiceType.Essential, ["settings"], () => Remote.ConnectAsync(upstream, "sessions")),
            new("exchange-rates", ServiceType.Essential, ["settings"], () => Remote.ConnectAsync(upstream, "rates")),
            new("message-rules", ServiceType.Essential, ["settings"], rules.Compile),
            new("access-table", ServiceType.Essential, ["settings"], access.Load),
            new("image-check", ServiceType.Optional, ["settings"], () => ImageCheck.Run(files.ImageFile)),
            new("search-index", ServiceType.Optional, ["article-database"], search.Build),
            new("article-cache", ServiceType.Optional, ["article-database"], cache.Warm),
            new("page-templates", ServiceType.Essential, ["settings"], templates.Compile),
            new("static-assets", ServiceType.Optional, ["settings"], () => StaticAssets.Compress(files.AssetsFolder, scratch)),
            new("log-archive", ServiceType.Background, [], () => LogArchive.Pack(files.OldLog, scratch)),
            new("telemetry", ServiceType.Background, ["settings"], () => Remote.ConnectAsync(upstream, "telemetry")),
            new("web-api", ServiceType.Essential, ["tls-identity", "session-store", "article-database", "access-table", "message-rules"],
                () => WebApi.ServeFirstRequestAsync(identity, database)),
        ];
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace PerfKit.Storage.Sqlite.Tests;

public sealed class AddSqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddSqliteStore_twice_registersOneStoreAndTouchesNoDisk()
    {
        var services = new ServiceCollection();
        services.AddPerformanceAuditor().AddSqliteStore(_folder["a.db"]).AddSqliteStore(_folder["b.db"]);

        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.IsType<SqliteStore>(Assert.Single(provider.GetServices<IPerformanceStore>()));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void AddSqliteStore_storeOfTheUser_wins()
    {
        var services = new ServiceCollection();
        var mine = new JsonLinesStore(_folder["a.jsonl"]);
        services.AddSingleton<IPerformanceStore>(mine);
        services.AddPerformanceAuditor().AddSqliteStore(_folder["a.db"]);

        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(mine, provider.GetRequiredService<IPerformanceStore>());
    }

    [Fact]
    public void AddSqliteStore_mistakes_areRefusedAtOnce()
    {
        PerformanceAuditorBuilder builder = new ServiceCollection().AddPerformanceAuditor();

        Assert.Throws<ArgumentException>(() => builder.AddSqliteStore(" "));
        Assert.Throws<ArgumentException>(() => builder.AddSqliteStore("a.db", new SqliteStoreOptions { MaxRuns = 0 }));
    }
}

namespace PerfKit.Storage.Sqlite.Tests;

public sealed class SqliteStoreContractTests : StoreContract
{
    private protected override IPerformanceStore Open(TemporaryFolder folder, string name) => new SqliteStore(folder[name + ".db"]);

    /// <summary>SQLite keeps whole numbers as integers, which know no negative zero.</summary>
    private protected override AuditRun Expected(AuditRun run) =>
        run with { Metrics = [.. run.Metrics.Select(metric => metric with { Value = metric.Value == 0 ? 0 : metric.Value })] };
}

namespace PerfKit.Storage.Tests;

public sealed class JsonLinesStoreContractTests : StoreContract
{
    private protected override IPerformanceStore Open(TemporaryFolder folder, string name) => new JsonLinesStore(folder[name + ".jsonl"]);
}

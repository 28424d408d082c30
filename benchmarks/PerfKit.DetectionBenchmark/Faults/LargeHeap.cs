using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What fills the heap.</summary>
internal enum Content
{
    LargeArrays,
    Pages,
    SmallObjects,
}

/// <summary>A service holds much from its start on, and no more later. Fixed: it keeps a twentieth of it in memory.</summary>
internal sealed record LargeHeap(Content Content, int Megabytes) : Fault
{
    private const int ArrayBytes = 4 << 20, PageBytes = 4 << 10, NodeBytes = 200;

    private readonly List<object> _held = [];

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.MemoryPressure];

    // It takes seconds to fill so much memory, on a busy machine more than the five that a start may take.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.StartupSlow];

    public override Task StartAsync(Premises premises)
    {
        long bytes = (long)Megabytes * (IsFixed ? 1 : 20) / 20 << 20;
        int size = Content switch { Content.LargeArrays => ArrayBytes, Content.Pages => PageBytes, _ => NodeBytes };
        for (long filled = 0; filled < bytes; filled += size)
        {
            var block = new byte[size];
            block.AsSpan().Fill(1); // a page that was never written takes no memory
            _held.Add(block);
        }
        return Task.CompletedTask;
    }

    // The data are looked up, so they are no garbage.
    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.KeepAsync(100, count => GC.KeepAlive(_held[count % _held.Count]), stop);
}

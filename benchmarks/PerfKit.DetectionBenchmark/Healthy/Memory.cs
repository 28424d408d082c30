using System.Runtime.InteropServices;

namespace PerfKit.DetectionBenchmark;

/// <summary>A cache that fills for a while, and from then on replaces. Requests make garbage, so that the heap is collected.</summary>
internal sealed record FillingCache(int Megabytes, double SecondsToFill, double SecondsWatched) : Workload
{
    private const int EntryBytes = 2_000;

    private readonly List<byte[]> _entries = [];
    private int _next;

    public override TimeSpan Audit => TimeSpan.FromSeconds(SecondsWatched);

    private int Capacity => Megabytes * 1_000_000 / EntryBytes;

    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(Capacity / SecondsToFill, Put, stop);

    private void Put(int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int garbage = 0; garbage < 6; garbage++)
                GC.KeepAlive(new byte[EntryBytes]);
            var entry = new byte[EntryBytes];
            if (_entries.Count < Capacity)
                _entries.Add(entry);
            else
                _entries[_next++ % Capacity] = entry;
        }
    }
}

/// <summary>Batches that grow for some seconds and are then let go.</summary>
internal sealed record Batches(double MegabytesPerSecond, double SecondsABatch, double SecondsWatched) : Workload
{
    private const int ItemBytes = 1_000;

    private readonly List<byte[]> _batch = [];

    public override TimeSpan Audit => TimeSpan.FromSeconds(SecondsWatched);

    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(
        MegabytesPerSecond * 1e6 / ItemBytes,
        count =>
        {
            for (int i = 0; i < count; i++)
                _batch.Add(new byte[ItemBytes]);
            if (_batch.Count > MegabytesPerSecond * SecondsABatch * 1e6 / ItemBytes)
                _batch.Clear();
        },
        stop);
}

/// <summary>Much garbage that dies young.</summary>
internal sealed record ShortLived(double MegabytesPerSecond) : Workload
{
    private const int ItemBytes = 400;

    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(
        MegabytesPerSecond * 1e6 / ItemBytes,
        count =>
        {
            for (int i = 0; i < count; i++)
                GC.KeepAlive(new byte[ItemBytes]);
        },
        stop);
}

/// <summary>Holds data from its start on, fewer than the limit.</summary>
internal sealed record SteadyHeap(int Megabytes) : Workload
{
    private readonly List<byte[]> _held = [];

    public override Task StartAsync(Premises premises)
    {
        for (int i = 0; i < Megabytes; i++)
        {
            var block = new byte[1 << 20];
            block.AsSpan().Fill(1);
            _held.Add(block);
        }
        return Task.CompletedTask;
    }

    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.KeepAsync(100, count => GC.KeepAlive(_held[count % _held.Count]), stop);
}

/// <summary>Asks for full collections of a small heap, as some programs do after a batch.</summary>
internal sealed record Collecting(double PerSecond) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(PerSecond, _ => GC.Collect(), stop);
}

/// <summary>Memory outside the heap that is given back.</summary>
internal sealed record NativeBuffers(int Bytes, double PerSecond) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(PerSecond, Use, stop);

    private unsafe void Use(int count)
    {
        void* buffer = NativeMemory.Alloc((nuint)Bytes);
        new Span<byte>(buffer, Bytes).Fill((byte)count);
        NativeMemory.Free(buffer);
    }
}

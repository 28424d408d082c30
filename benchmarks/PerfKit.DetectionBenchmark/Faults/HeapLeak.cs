using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What keeps objects alive that nobody needs.</summary>
internal enum Holder
{
    StaticList,
    UnboundedCache,

    /// <summary>Callbacks on a token that lives as long as the application, never unregistered.</summary>
    Registrations,
}

/// <summary>Requests leave something behind on the managed heap. Fixed: no more is kept than a tenth of a second brings.</summary>
internal sealed record HeapLeak(Holder Holder, double MegabytesPerSecond, int ObjectBytes) : Fault
{
    // Requests make garbage too, and so the heap is collected.
    private const int GarbageToLeak = 6;

    private static readonly CancellationTokenSource Lifetime = new();

    private readonly Queue<byte[]> _list = new();
    private readonly Dictionary<long, byte[]> _cache = [];
    private readonly Queue<CancellationTokenRegistration> _registrations = new();

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.MemoryLeak];

    // Every full collection marks all that was ever kept.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.GcPressure];

    // A heap that grows is collected in full at each 1.8 times of its size or so; this is long enough for one to come late.
    public override TimeSpan Audit => TimeSpan.FromSeconds(90);

    private double PerSecond => MegabytesPerSecond * 1e6 / ObjectBytes;

    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(PerSecond, Serve, stop);

    private void Serve(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            for (int garbage = 0; garbage < GarbageToLeak; garbage++)
                GC.KeepAlive(new byte[ObjectBytes]);
            Keep(new byte[ObjectBytes]);
        }
    }

    private void Keep(byte[] state)
    {
        double bound = IsFixed ? PerSecond / 10 : double.MaxValue;
        switch (Holder)
        {
            case Holder.StaticList:
                _list.Enqueue(state);
                if (_list.Count > bound)
                    _list.Dequeue();
                break;
            case Holder.UnboundedCache:
                if (_cache.Count > bound)
                    _cache.Clear();
                _cache[_cache.Count] = state;
                break;
            default:
                _registrations.Enqueue(Lifetime.Token.Register(() => GC.KeepAlive(state)));
                if (_registrations.Count > bound)
                    _registrations.Dequeue().Dispose();
                break;
        }
    }
}

using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What is done while the lock is held.</summary>
internal enum Guarded
{
    /// <summary>Work on the CPU.</summary>
    Computation,

    /// <summary>Writing to a disk.</summary>
    File,

    /// <summary>A call to a remote system.</summary>
    RemoteCall,
}

/// <summary>Many threads of a service want the same lock nearly all the time. Fixed: the work is done outside of it.</summary>
internal sealed record LockContention(Guarded Guarded, int Threads, bool OnPool) : Fault
{
    // Small: however fast the disk, it is the lock that is waited for, and not what is moved.
    private const int RequestBytes = 1 << 10;

    private readonly Lock _lock = new();
    private long _answers;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.ResourceContention];

    // Who waits for a lock on a pool thread holds that thread, and what is metered comes late. A lock that is never free over work
    // on the CPU is a core that is never free; so is one over a flush, where the disk is fast and the call itself is what takes time.
    public override IReadOnlyList<BottleneckType> Accompanying =>
    [
        .. OnPool ? [BottleneckType.BlockingOperation, BottleneckType.ThreadPoolStarvation, BottleneckType.SlowOperation] : Array.Empty<BottleneckType>(),
        .. Guarded is Guarded.Computation or Guarded.File ? [BottleneckType.CpuIntensive] : Array.Empty<BottleneckType>(),
    ];

    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        string path = Path.Combine(premises.Folder, "journal.bin");
        await using var journal = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var request = new byte[RequestBytes];
        await (OnPool ? Pace.OnPoolAsync(Threads, Serve, stop) : Pace.OnThreadsAsync(Threads, Serve, stop));

        void Serve()
        {
            if (IsFixed)
                Work();
            lock (_lock)
            {
                if (!IsFixed)
                    Work();
                _answers++;
            }
        }

        void Work()
        {
            switch (Guarded)
            {
                case Guarded.Computation:
                    Computations.Do(Computation.Hash);
                    break;
                case Guarded.File:
                    RandomAccess.Write(journal.SafeFileHandle, request, 0);
                    RandomAccess.FlushToDisk(journal.SafeFileHandle);
                    break;
                default:
                    premises.Remote.Call(10);
                    break;
            }
        }
    }
}

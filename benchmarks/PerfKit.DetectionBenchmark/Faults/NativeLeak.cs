using System.Runtime.InteropServices;
using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>Memory that the collector knows nothing of.</summary>
internal enum NativeMemoryKind
{
    /// <summary>As an interop library's.</summary>
    Allocated,

    /// <summary>Threads that never end, each with a stack that was used.</summary>
    Threads,
}

/// <summary>Memory outside the managed heap is taken and not given back. Fixed: it is given back.</summary>
internal sealed record NativeLeak(NativeMemoryKind Kind, double MegabytesPerSecond, int BlockBytes) : Fault
{
    private static readonly ManualResetEventSlim Never = new();

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.MemoryLeak];

    // Attribution counts what is allocated on the managed heap alone, so the process is the most that can be named.
    public override IReadOnlyList<string> Culprits => [Service, Names.Application];

    public override TimeSpan Audit => TimeSpan.FromSeconds(100);

    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.KeepAsync(MegabytesPerSecond * 1e6 / BlockBytes, Take, stop);

    private void Take(int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            if (Kind == NativeMemoryKind.Allocated)
                Allocate();
            else
                Start();
        }
    }

    private unsafe void Allocate()
    {
        byte* block = (byte*)NativeMemory.Alloc((nuint)BlockBytes);
        new Span<byte>(block, BlockBytes).Fill(1);
        if (IsFixed)
            NativeMemory.Free(block);
    }

    private void Start()
    {
        var thread = new Thread(UseStack, BlockBytes * 2) { IsBackground = true };
        thread.Start();
        if (IsFixed)
            thread.Join();
    }

    private void UseStack()
    {
        Fill();
        if (!IsFixed)
            Never.Wait();

        void Fill()
        {
            Span<byte> frame = stackalloc byte[BlockBytes];
            frame.Fill(1);
        }
    }
}

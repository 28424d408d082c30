using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>What a span of a trace used, on all threads that worked for it; times in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
/// <param name="activity">The span.</param>
/// <param name="depth">It is so deep in spans that were not stopped where it began; 1 for the outermost.</param>
internal sealed class SpanCharge(Activity activity, int depth)
{
    private long _cpu;
    private long _queued;
    private long _blocked;
    private long _allocated;

    public long Cpu => Interlocked.Read(ref _cpu);

    public long QueuedForCpu => Interlocked.Read(ref _queued);

    public long Blocked => Interlocked.Read(ref _blocked);

    public long AllocatedBytes => Interlocked.Read(ref _allocated);

    public Activity Activity => activity;

    public int Depth => depth;

    /// <summary>The span was stopped, wherever that was: where nobody tells of it, in another flow or after tagging has ended, too.</summary>
    public bool IsEnded => activity.IsStopped;

    /// <summary>A thread worked for the span.</summary>
    public void Add(long wall, long cpu, long queued, long allocated)
    {
        Interlocked.Add(ref _cpu, cpu);
        Interlocked.Add(ref _allocated, allocated);
        if (queued > 0)
            Interlocked.Add(ref _queued, queued);
        if (wall - cpu - queued is > 0 and long blocked)
            Interlocked.Add(ref _blocked, blocked);
    }
}

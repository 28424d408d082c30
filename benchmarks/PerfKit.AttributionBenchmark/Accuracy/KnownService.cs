using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace PerfKit.AttributionBenchmark;

/// <summary>What a service truly used: every piece of its work is measured where it is done, apart from the code that is judged.</summary>
internal sealed class KnownService(string name)
{
    private long _cpu;
    private long _blocked;
    private long _bytes;

    public string Name => name;

    public TimeSpan Cpu => TimeSpan.FromTicks(Interlocked.Read(ref _cpu));

    /// <summary>On a thread, neither running nor waiting for a CPU.</summary>
    public TimeSpan Blocked => TimeSpan.FromTicks(Interlocked.Read(ref _blocked));

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Does a piece of work that stays on its thread.</summary>
    public void Do(Action work)
    {
        long began = Stopwatch.GetTimestamp(), bytes = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan cpu = CpuClock.Now, queued = Queued();
        work();
        TimeSpan waited = Queued() - queued, ran = CpuClock.Now - cpu;
        Interlocked.Add(ref _cpu, ran.Ticks);
        Interlocked.Add(ref _blocked, Math.Max(0, (Stopwatch.GetElapsedTime(began) - ran - waited).Ticks));
        Interlocked.Add(ref _bytes, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    // The calling thread's time in the run queue: the second number of schedstat, in nanoseconds.
    private static TimeSpan Queued()
    {
        Span<byte> text = stackalloc byte[96];
        using SafeFileHandle file = File.OpenHandle("/proc/thread-self/schedstat");
        text = text[..RandomAccess.Read(file, text, 0)];
        return Utf8Parser.TryParse(text[(text.IndexOf((byte)' ') + 1)..], out long nanoseconds, out _)
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new InvalidOperationException("The thread's time in the run queue cannot be read.");
    }
}

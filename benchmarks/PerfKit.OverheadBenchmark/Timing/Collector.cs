using System.Diagnostics;
using PerfKit.Instrumentation;
using PerfKit.Pinning;

namespace PerfKit.OverheadBenchmark;

/// <summary>A thread on the second core that takes a snapshot a thousand times a second, while it is told to.</summary>
internal sealed class Collector : IDisposable
{
    private static readonly long Period = Stopwatch.Frequency / 1_000;

    private readonly OperationMeter _meter;
    private readonly Thread _thread;
    private volatile bool _isCollecting;
    private volatile bool _isEnded;

    public Collector(OperationMeter meter)
    {
        _meter = meter;
        _thread = new Thread(Work) { IsBackground = true, Name = "collector" };
        _thread.Start();
    }

    public bool IsCollecting
    {
        set => _isCollecting = value;
    }

    /// <summary>Snapshots taken.</summary>
    public long Taken { get; private set; }

    /// <summary>How long it took to take them.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>A snapshot had fewer operations than an earlier one.</summary>
    public bool WentBack { get; private set; }

    public void Dispose()
    {
        _isEnded = true;
        _thread.Join();
    }

    private void Work()
    {
        Cores.Pin(1);
        long next = Stopwatch.GetTimestamp();
        long earlier = 0;
        while (!_isEnded)
        {
            // It also wakes up a thousand times a second while it does not collect: what is compared is the collecting.
            Thread.Sleep(1);
            for (; next <= Stopwatch.GetTimestamp(); next += Period)
            {
                if (!_isCollecting)
                    continue;
                long before = Stopwatch.GetTimestamp();
                long count = _meter.Snapshot().Count;
                Busy += Stopwatch.GetElapsedTime(before);
                WentBack |= count < earlier;
                earlier = count;
                Taken++;
            }
        }
    }
}

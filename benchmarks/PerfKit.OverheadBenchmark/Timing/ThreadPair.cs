using System.Diagnostics;
using PerfKit.Pinning;

namespace PerfKit.OverheadBenchmark;

/// <summary>Two threads, each on a core of its own, that run a subject alone or together.</summary>
internal sealed class ThreadPair : IDisposable
{
    private readonly Barrier _barrier = new(3);
    private readonly double[] _perSecond = new double[2];
    private Subject? _subject;
    private int _threads;

    public ThreadPair()
    {
        for (int i = 0; i < 2; i++)
        {
            int index = i;
            new Thread(() => Work(index)) { IsBackground = true, Name = $"pair {index}" }.Start();
        }
    }

    /// <summary>Operations a second of one thread, or of two together.</summary>
    public double Run(Subject subject, int threads)
    {
        _subject = subject;
        _threads = threads;
        _barrier.SignalAndWait();
        _barrier.SignalAndWait();
        return _perSecond[..threads].Sum();
    }

    public void Dispose()
    {
        _subject = null;
        _barrier.SignalAndWait();
        _barrier.Dispose();
    }

    private void Work(int index)
    {
        Cores.Pin(index);
        while (true)
        {
            _barrier.SignalAndWait();
            if (_subject is not { } subject)
                return;
            if (index < _threads)
            {
                long before = Stopwatch.GetTimestamp();
                subject.Run(subject.Iterations);
                _perSecond[index] = subject.Iterations / Stopwatch.GetElapsedTime(before).TotalSeconds;
            }
            _barrier.SignalAndWait();
        }
    }
}

namespace PerfKit.SamplingBenchmark;

/// <summary>Threads that wait, so many that the process has as many as asked for.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly List<Thread> _threads = [];

    public Crowd(int count, Func<int> counted)
    {
        for (int missing; (missing = count - counted()) > 0;)
        {
            for (int i = 0; i < missing; i++)
            {
                var thread = new Thread(_end.Wait, 64 << 10) { IsBackground = true };
                thread.Start(); // returns when the thread runs
                _threads.Add(thread);
            }
        }
    }

    public void Dispose()
    {
        _end.Set();
        foreach (Thread thread in _threads)
            thread.Join();
        _end.Dispose();
    }
}

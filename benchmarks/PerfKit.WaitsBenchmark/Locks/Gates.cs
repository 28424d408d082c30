namespace PerfKit.WaitsBenchmark;

/// <summary>A lock of some kind.</summary>
internal interface IGate
{
    void Enter();

    void Exit();
}

/// <summary>What the <c>lock</c> statement and <c>Monitor</c> take.</summary>
internal sealed class MonitorGate : IGate
{
    private readonly object _monitor = new();

    public void Enter() => Monitor.Enter(_monitor);

    public void Exit() => Monitor.Exit(_monitor);
}

/// <summary>A monitor that is asked for with a timeout, as code does that fears a deadlock.</summary>
internal sealed class TimedGate : IGate
{
    private readonly object _monitor = new();

    public void Enter()
    {
        while (!Monitor.TryEnter(_monitor, TimeSpan.FromSeconds(10)))
        {
        }
    }

    public void Exit() => Monitor.Exit(_monitor);
}

/// <summary><c>System.Threading.Lock</c>.</summary>
internal sealed class ModernGate : IGate
{
    private readonly Lock _lock = new();

    public void Enter() => _lock.Enter();

    public void Exit() => _lock.Exit();
}

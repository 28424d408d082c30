namespace PerfKit.Sampling.Tests;

public sealed class PoolHeartbeatTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Queue<IThreadPoolWorkItem> _pool = new();
    private readonly PoolHeartbeat _heartbeat;
    private bool _isIdle;

    public PoolHeartbeatTests() => _heartbeat = new PoolHeartbeat(_time, _pool.Enqueue, () => _isIdle);

    public void Dispose() => _heartbeat.Dispose();

    [Fact]
    public void Read_first_knowsNothingYet() => Assert.Null(Read());

    [Fact]
    public void Read_itemThatRan_tellsHowLongItWaited()
    {
        Read();
        _time.Advance(TimeSpan.FromMilliseconds(3));
        _pool.Dequeue().Execute();
        _time.Advance(TimeSpan.FromMilliseconds(997));

        Assert.Equal(TimeSpan.FromMilliseconds(3), Read());
    }

    [Fact]
    public void Read_itemThatStillWaits_growsAndQueuesNoSecond()
    {
        Read();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), Read());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), Read());
        Assert.Single(_pool);

        _time.Advance(TimeSpan.FromMilliseconds(500));
        _pool.Dequeue().Execute();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(TimeSpan.FromMilliseconds(2500), Read());
        Assert.Single(_pool);
    }

    [Fact]
    public void Read_afterDisposal_queuesNothing()
    {
        _heartbeat.Dispose();
        Assert.Null(Read());
        Assert.Empty(_pool);
    }

    [Fact]
    public void Read_clockSteppedBack_isNeverNegative()
    {
        Read();
        _time.Advance(TimeSpan.FromSeconds(-5));
        Assert.Equal(TimeSpan.Zero, Read());
    }

    [Fact]
    public void Read_quickPoolWithThreadsToSpare_isAskedOnceAMinute()
    {
        _isIdle = true;
        Read();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _pool.Dequeue().Execute();
        for (int second = 1; second <= 59; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(TimeSpan.FromMilliseconds(1), Read());
        }

        Assert.Empty(_pool);
        _time.Advance(TimeSpan.FromSeconds(1));
        Read();
        Assert.Single(_pool);
    }

    [Fact]
    public void Read_poolThatGetsBusy_isAskedAtOnce()
    {
        _isIdle = true;
        Read();
        _pool.Dequeue().Execute();
        Read();
        Assert.Empty(_pool);

        _isIdle = false;
        Read();
        Assert.Single(_pool);
    }

    [Fact]
    public void Read_slowPoolWithThreadsToSpare_isAskedAgain() // so that one bad second is not told for ten
    {
        _isIdle = true;
        Read();
        _time.Advance(PoolHeartbeat.Quick);
        _pool.Dequeue().Execute();

        Read();
        Assert.Single(_pool);
    }

    private TimeSpan? Read()
    {
        ResourceReading reading = default;
        _heartbeat.Read(ref reading);
        return reading.ThreadPoolQueueDelay;
    }
}

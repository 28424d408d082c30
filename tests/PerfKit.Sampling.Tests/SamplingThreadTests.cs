using System.Collections.Concurrent;
using System.Diagnostics;

namespace PerfKit.Sampling.Tests;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    /// <summary>Tests that block the thread pool or measure this process: nothing runs beside them.</summary>
    public const string Name = "One at a time";
}

[Collection(OneAtATime.Name)]
public sealed class SamplingThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Start_manualClock_samplesAtOnceAndAtEachInterval()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        using var samples = new Samples(sampler);

        sampler.Start();
        Assert.Null(samples.Next().Interval);
        for (int i = 1; i <= 3; i++)
        {
            time.WaitUntilArmed();
            time.Advance(Second);
            ResourceSample sample = samples.Next();
            Assert.Equal(Second, sample.Interval);
            Assert.Equal(ManualTimeProvider.Epoch + (Second * i), sample.Timestamp);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(600_000)]
    public void Start_shortestAndLongestInterval_keepTheBeat(int milliseconds)
    {
        var time = new ManualTimeProvider();
        TimeSpan interval = TimeSpan.FromMilliseconds(milliseconds);
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { Interval = interval }, time);
        using var samples = new Samples(sampler);
        sampler.Start();
        samples.Next();

        for (int i = 1; i <= 5; i++)
        {
            time.WaitUntilArmed();
            time.Advance(interval);
            Assert.Equal(ManualTimeProvider.Epoch + (interval * i), samples.Next().Timestamp);
        }
    }

    [Fact]
    public void Start_manyHandlers_shareOneTimer()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        int calls = 0;
        for (int handler = 0; handler < 10; handler++) sampler.Sampled += _ => calls++;
        using var samples = new Samples(sampler);

        sampler.Start();
        samples.Next();
        time.WaitUntilArmed();
        Assert.Equal(1, time.TimerCount);
        Assert.Equal(10, calls);
    }

    [Fact]
    public void Start_afterAPause_takesOneSampleAndReturnsToTheBeat()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        using var samples = new Samples(sampler);
        sampler.Start();
        samples.Next();

        time.WaitUntilArmed();
        time.Advance(TimeSpan.FromSeconds(5.25));
        Assert.Equal(TimeSpan.FromSeconds(5.25), samples.Next().Interval);
        time.WaitUntilArmed();
        time.Advance(TimeSpan.FromSeconds(0.75));
        Assert.Equal(TimeSpan.FromSeconds(0.75), samples.Next().Interval);
        Assert.Equal(3, sampler.History.TotalCount);
    }

    [Fact]
    public void TakenOneIn_three_takesEveryThirdSampleInItsSurroundings()
    {
        var time = new ManualTimeProvider();
        int entered = 0, left = 0;
        using var sampler = new ResourceSampler(timeProvider: time)
        {
            TakenOneIn = 3,
            Surroundings = () =>
            {
                entered++;
                return new Leaving(() => left++);
            },
        };
        using var samples = new Samples(sampler);
        sampler.Start();
        samples.Next();
        for (int i = 0; i < 3; i++)
        {
            time.WaitUntilArmed();
            time.Advance(Second);
        }

        Assert.Equal(Second * 3, samples.Next().Interval);
        sampler.Stop();
        Assert.Equal((2, 2, 2), (entered, left, (int)sampler.History.TotalCount));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }

    [Fact]
    public void Start_twice_runsOnce()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        using var samples = new Samples(sampler);
        sampler.Start();
        sampler.Start();

        samples.Next();
        time.WaitUntilArmed();
        time.Advance(Second);
        samples.Next();
        sampler.Stop(); // waits for the thread: nothing can come later
        Assert.Equal(2, sampler.History.TotalCount);
    }

    [Fact]
    public void Stop_andAgain_samplesNoMoreUntilStarted()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        using var samples = new Samples(sampler);
        sampler.Start();
        samples.Next();
        sampler.Stop();
        sampler.Stop();

        time.Advance(Second * 10);
        Assert.Equal(1, sampler.History.TotalCount);
        sampler.Start();
        Assert.Null(samples.Next().Interval); // the pause is nobody's interval, and no rate spans it
    }

    [Fact]
    public void Stop_calledByAHandler_doesNotDeadlock()
    {
        using var sampler = new ResourceSampler(timeProvider: new ManualTimeProvider());
        using var stopped = new ManualResetEventSlim();
        TimeSpan waited = default;
        sampler.Sampled += _ =>
        {
            long start = Stopwatch.GetTimestamp();
            sampler.Stop();
            waited = Stopwatch.GetElapsedTime(start);
            stopped.Set();
        };

        sampler.Start();
        Assert.True(stopped.Wait(Patience));
        Assert.True(waited < TimeSpan.FromSeconds(3), $"{waited}"); // it did not wait for itself until its patience of 5 s ended
    }

    [Fact]
    public void Sampled_handlerThatThrows_isCountedAndTheOthersAreCalled()
    {
        var time = new ManualTimeProvider();
        using var sampler = new ResourceSampler(timeProvider: time);
        sampler.Sampled += _ => throw new InvalidOperationException("a subscriber's mistake");
        using var samples = new Samples(sampler);

        sampler.Start();
        samples.Next();
        time.WaitUntilArmed();
        time.Advance(Second);
        samples.Next();
        sampler.Stop();
        Assert.Equal(2, sampler.FailedHandlers);
    }

    [Fact]
    public void Sample_calledByHand_isNotAnnounced()
    {
        using var sampler = new ResourceSampler();
        int announced = 0;
        sampler.Sampled += _ => announced++;

        sampler.Sample();
        Assert.Equal(0, announced);
    }

    [Fact]
    public void Thread_isANamedBackgroundThreadOutsideThePool()
    {
        using var sampler = new ResourceSampler();
        using var seen = new BlockingCollection<Thread>();
        sampler.Sampled += _ => seen.Add(Thread.CurrentThread);

        sampler.Start();
        Assert.True(seen.TryTake(out Thread? thread, Patience));
        Assert.Equal("PerfKit sampler", thread.Name);
        Assert.True(thread.IsBackground);
        Assert.False(thread.IsThreadPoolThread);
        sampler.Stop();
        Assert.False(thread.IsAlive);
    }

    [Fact]
    public void Thread_doesNotKeepTheStartersExecutionContext()
    {
        var local = new AsyncLocal<string?> { Value = "the starter's" };
        using var sampler = new ResourceSampler();
        using var seen = new BlockingCollection<string>();
        sampler.Sampled += _ => seen.Add(local.Value ?? "none");

        sampler.Start();
        Assert.True(seen.TryTake(out string? value, Patience));
        Assert.Equal("none", value);
    }

    [Fact]
    public void Thread_timeProviderThatThrows_endsWithAReason()
    {
        using var clock = new BrokenClock();
        using var sampler = new ResourceSampler(timeProvider: clock);

        sampler.Start();
        Assert.True(clock.Asked.Wait(Patience));
        sampler.Stop();
        Assert.Contains("broken clock", Assert.Single(sampler.Unavailable, f => f.Figure == "(schedule)").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Thread_everyPoolThreadBlocked_goesOnSampling()
    {
        const int Blockers = 200; // the pool adds one or two threads a second: it cannot come through them in time
        using var release = new ManualResetEventSlim();
        using var blockersDone = new CountdownEvent(Blockers + 1);
        using var sampler = new ResourceSampler(new ResourceSamplerOptions { Interval = TimeSpan.FromMilliseconds(10) });
        using var samples = new Samples(sampler);
        int poolAlive = 0;
        for (int i = 0; i < Blockers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    release.Wait();
                    blockersDone.Signal();
                },
                null);
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Interlocked.Exchange(ref poolAlive, 1);
                blockersDone.Signal();
            },
            null);

        try
        {
            sampler.Start();
            for (int i = 0; i < 5; i++) Assert.True(samples.Next().ThreadPoolQueueLength > 0);
            Assert.Equal(0, Volatile.Read(ref poolAlive)); // the work item queued last has not run: the pool was starved all along
        }
        finally
        {
            release.Set();
            blockersDone.Wait();
        }
    }

    /// <summary>The samples a sampler announces, one by one.</summary>
    private sealed class Samples : IDisposable
    {
        private readonly BlockingCollection<ResourceSample> _samples = [];
        private readonly ResourceSampler _sampler;

        internal Samples(ResourceSampler sampler)
        {
            _sampler = sampler;
            _sampler.Sampled += Add;
        }

        internal ResourceSample Next() =>
            _samples.TryTake(out ResourceSample sample, Patience) ? sample : throw new TimeoutException("No sample came.");

        public void Dispose()
        {
            _sampler.Sampled -= Add;
            _sampler.Stop();
            _samples.Dispose();
        }

        private void Add(ResourceSample sample) => _samples.Add(sample);
    }

    private sealed class BrokenClock : TimeProvider, IDisposable
    {
        internal ManualResetEventSlim Asked { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Set();
            throw new InvalidOperationException("a broken clock");
        }

        public void Dispose() => Asked.Dispose();
    }
}

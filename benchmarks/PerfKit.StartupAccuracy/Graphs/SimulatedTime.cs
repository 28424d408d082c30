using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace PerfKit.StartupAccuracy;

/// <summary>
/// A clock that moves to the next thing that is due, and a loop that runs it. Each continuation runs on another thread than
/// the one before, so that every await is a thread hop, and still only one runs at a time.
/// </summary>
internal sealed class SimulatedTime : TimeProvider, IDisposable
{
    private readonly PriorityQueue<Action, (long Due, long Number)> _due = new();
    private readonly BlockingCollection<Action>[] _threads = [.. Enumerable.Range(0, 3).Select(_ => new BlockingCollection<Action>())];
    private long _now;
    private long _number;

    public SimulatedTime()
    {
        foreach (BlockingCollection<Action> actions in _threads)
            new Thread(() => Serve(actions)) { IsBackground = true }.Start();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    /// <summary>Awaited by a flow that works, or waits, for so long.</summary>
    public Span Pass(TimeSpan time) => new(this, time);

    /// <summary>Runs a flow, and all that it started, to the end.</summary>
    public void Run(Func<Task> flow)
    {
        Task? task = null;
        Schedule(() => task = flow(), 0);
        while (_due.TryDequeue(out Action? action, out (long Due, long Number) at))
        {
            Volatile.Write(ref _now, at.Due);
            using var done = new ManualResetEventSlim();
            _threads[at.Number % _threads.Length].Add(() => { action(); done.Set(); });
            done.Wait();
        }
        if (task is not { IsCompleted: true })
            throw new InvalidOperationException("The program waits for something that never comes.");
        task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        foreach (BlockingCollection<Action> thread in _threads)
            thread.CompleteAdding();
    }

    private void Schedule(Action action, long after) => _due.Enqueue(action, (_now + after, _number++));

    private void Serve(BlockingCollection<Action> actions)
    {
        SynchronizationContext.SetSynchronizationContext(new Loop(this));
        foreach (Action action in actions.GetConsumingEnumerable())
            action();
        actions.Dispose();
    }

    // Without it the runtime may resume a task's awaiter on the pool, where it would run beside the loop.
    private sealed class Loop(SimulatedTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.Schedule(() => d(state), after: 0);
    }

    /// <summary>Some simulated time, to be awaited.</summary>
    internal readonly struct Span(SimulatedTime clock, TimeSpan time) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Span GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => clock.Schedule(continuation, time.Ticks);
    }
}

using System.Globalization;

namespace PerfKit.Benchmarking;

/// <summary>How operations follow one another. Immutable.</summary>
public abstract record LoadModel
{
    /// <summary>The most operations of one load test.</summary>
    public const long MaxOperations = 1_000_000_000;

    private protected LoadModel()
    {
    }

    /// <summary>Gets how many operations there will be.</summary>
    public abstract long Operations { get; }

    /// <summary>
    /// A closed model: each of some tasks starts its next operation when the last one ended. It measures capacity; its latencies leave
    /// out what would have been asked for while the system stalled.
    /// </summary>
    /// <param name="concurrentTasks">From 1 to 100,000.</param>
    /// <param name="operationsPerTask">From 1; all tasks together make at most <see cref="MaxOperations"/>.</param>
    /// <param name="rampUp">Over how long the tasks begin, evenly spread; from 0 to 24 hours.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ClosedLoad Closed(int concurrentTasks, int operationsPerTask, TimeSpan rampUp = default)
    {
        Check(concurrentTasks is >= 1 and <= 100_000, nameof(concurrentTasks), concurrentTasks, "from 1 to 100,000");
        Check(operationsPerTask >= 1 && (long)concurrentTasks * operationsPerTask <= MaxOperations,
            nameof(operationsPerTask), operationsPerTask, "from 1 to a billion operations of all tasks");
        Check(rampUp >= TimeSpan.Zero && rampUp <= TimeSpan.FromDays(1), nameof(rampUp), rampUp, "from 0 to 24 hours");
        return new ClosedLoad(concurrentTasks, operationsPerTask, rampUp);
    }

    /// <summary>
    /// An open model: operations begin at a rate, whether or not earlier ones have ended, as requests of independent users do. Each
    /// latency counts from the instant at which the operation should have begun.
    /// </summary>
    /// <param name="ratePerSecond">Above 0, at most 1,000,000.</param>
    /// <param name="duration">How long operations begin, ramp-up included; above 0, at most 7 days.</param>
    /// <param name="rampUp">How long the rate grows from 0, in a straight line; from 0 to <paramref name="duration"/>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or there would be no operation or more than
    /// <see cref="MaxOperations"/>.</exception>
    public static OpenLoad Open(double ratePerSecond, TimeSpan duration, TimeSpan rampUp = default)
    {
        Check(ratePerSecond is > 0 and <= 1_000_000, nameof(ratePerSecond), ratePerSecond, "above 0, at most 1,000,000");
        Check(duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(7), nameof(duration), duration, "above 0, at most 7 days");
        Check(rampUp >= TimeSpan.Zero && rampUp <= duration, nameof(rampUp), rampUp, "from 0 to the duration");
        var model = new OpenLoad(ratePerSecond, duration, rampUp);
        Check(model.Operations is >= 1 and <= MaxOperations, nameof(duration), duration, "what makes one to a billion operations");
        return model;
    }

    private static void Check(bool isRight, string name, object value, string allowed)
    {
        if (!isRight)
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"Allowed is {allowed}."));
    }
}

/// <summary>Tasks that each start the next operation when the last one ended; see <see cref="LoadModel.Closed"/>.</summary>
public sealed record ClosedLoad : LoadModel
{
    internal ClosedLoad(int concurrentTasks, int operationsPerTask, TimeSpan rampUp) =>
        (ConcurrentTasks, OperationsPerTask, RampUp) = (concurrentTasks, operationsPerTask, rampUp);

    /// <summary>Gets how many tasks there are.</summary>
    public int ConcurrentTasks { get; }

    /// <summary>Gets how many operations each makes.</summary>
    public int OperationsPerTask { get; }

    /// <summary>Gets over how long the tasks begin.</summary>
    public TimeSpan RampUp { get; }

    /// <inheritdoc/>
    public override long Operations => (long)ConcurrentTasks * OperationsPerTask;
}

/// <summary>Operations that begin at a rate; see <see cref="LoadModel.Open"/>.</summary>
public sealed record OpenLoad : LoadModel
{
    internal OpenLoad(double ratePerSecond, TimeSpan duration, TimeSpan rampUp) =>
        (RatePerSecond, Duration, RampUp) = (ratePerSecond, duration, rampUp);

    /// <summary>Gets the rate after the ramp-up.</summary>
    public double RatePerSecond { get; }

    /// <summary>Gets how long operations begin.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets how long the rate grows.</summary>
    public TimeSpan RampUp { get; }

    /// <inheritdoc/>
    public override long Operations =>
        (long)Math.Floor(RatePerSecond * (Duration.TotalSeconds - (RampUp.TotalSeconds / 2)) + 1e-9);

    /// <summary>
    /// When an operation should begin, in seconds from the start: where the integral of the rate reaches its index. During the
    /// ramp-up that integral is R t² / 2T.
    /// </summary>
    internal double SecondsOf(long index)
    {
        double ramp = RampUp.TotalSeconds;
        double within = RatePerSecond * ramp / 2;
        return index < within ? Math.Sqrt(2 * index * ramp / RatePerSecond) : ramp + ((index - within) / RatePerSecond);
    }
}

using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.AttributionBenchmark;

/// <summary>
/// What is timed: empty scopes, awaits that truly suspend, and slices of some length, each without attribution, at its floor and
/// with a service context. The floor is what the runtime asks of whoever wants to hear of flows: an <see cref="AsyncLocal{T}"/>
/// with an empty handler.
/// </summary>
internal static class Loops
{
    private static readonly AsyncLocal<object?> Floor = new(static _ => { });
    private static readonly object Value = new();
    private static readonly string[] Names = [.. Enumerable.Range(0, 8).Select(number => FormattableString.Invariant($"orders-{number}"))];

    private static long _sink;

    public static void TwoTimestamps(int iterations)
    {
        long sum = 0;
        for (int i = 0; i < iterations; i++)
        {
            long before = Stopwatch.GetTimestamp();
            sum += Stopwatch.GetTimestamp() - before;
        }
        _sink = sum;
    }

    public static void SetAndReset(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            Floor.Value = Value;
            Floor.Value = null;
        }
    }

    public static void Entered(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (ServiceContext.Enter("orders"))
            {
            }
        }
    }

    public static void EnteredByTurns(int iterations)
    {
        for (int i = 0; i < iterations; i++)
        {
            using (ServiceContext.Enter(Names[i & 7]))
            {
            }
        }
    }

    public static void EnteredInside(int iterations)
    {
        using (ServiceContext.Enter("shop"))
            Entered(iterations);
    }

    public static void Awaited(int iterations) => Pass(iterations, PassAsync);

    public static void AwaitedAtFloor(int iterations) => Pass(iterations, static async (turnstile, times) =>
    {
        Floor.Value = Value;
        await PassAsync(turnstile, times);
    });

    public static void AwaitedInContext(int iterations) => Pass(iterations, static async (turnstile, times) =>
    {
        using (ServiceContext.Enter("orders"))
            await PassAsync(turnstile, times);
    });

    public static Action<int> Worked(int steps) => iterations =>
    {
        for (int i = 0; i < iterations; i++)
            Work(steps);
    };

    public static Action<int> WorkedInContext(int steps) => iterations =>
    {
        for (int i = 0; i < iterations; i++)
        {
            using (ServiceContext.Enter("orders"))
                Work(steps);
        }
    };

    // Each turn completes the task that the other side awaits, whose continuation runs inside it: a thread hop without another thread.
    private static void Pass(int iterations, Func<Turnstile, int, Task> passing)
    {
        var turnstile = new Turnstile();
        Task passed = passing(turnstile, iterations);
        for (int i = 0; i < iterations; i++)
            turnstile.Turn();
        passed.GetAwaiter().GetResult();
    }

    private static async Task PassAsync(Turnstile turnstile, int times)
    {
        for (int i = 0; i < times; i++)
            await turnstile.Next;
    }

    private static void Work(int steps)
    {
        ulong hash = 14695981039346656037;
        for (int i = 0; i < steps; i++)
            hash = (hash ^ (ulong)i) * 1099511628211;
        _sink = (long)hash;
    }

    private sealed class Turnstile
    {
        private TaskCompletionSource _next = new();

        public Task Next => _next.Task;

        public void Turn()
        {
            TaskCompletionSource now = _next;
            _next = new TaskCompletionSource();
            now.SetResult();
        }
    }
}

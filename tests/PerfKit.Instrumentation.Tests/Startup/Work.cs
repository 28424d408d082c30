using System.Diagnostics;
using System.Linq.Expressions;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Work of which it is known what it is made of.</summary>
internal static class Work
{
    /// <summary>Keeps the calling thread running for a time of its own CPU clock, and says how long it was.</summary>
    public static TimeSpan Burn(TimeSpan cpu)
    {
        long began = ThreadClock.ReadCurrent(), until = began + (long)(cpu.TotalSeconds * Stopwatch.Frequency), now;
        do
            now = ThreadClock.ReadCurrent();
        while (now < until);
        return Stopwatch.GetElapsedTime(began, now);
    }

    /// <summary>Has the compiler compile some methods that nobody has compiled before.</summary>
    public static void Compile(int methods)
    {
        for (int i = 0; i < methods; i++)
            Expression.Lambda<Func<int>>(Expression.Constant(i)).Compile()();
    }

    public static async Task OnTimer(int milliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = new Timer(_ => done.SetResult(), null, milliseconds, Timeout.Infinite);
        await done.Task;
    }
}

using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Records the phases of one hosted service's start.</summary>
internal sealed class PhaseTimer(StartupTracker tracker, string name, ServiceType type)
{
    /// <summary>
    /// Calls a phase. What is thrown at once is thrown at once, and a task that is done at once is handed on itself; a later
    /// one ends as the service's does, with all its exceptions.
    /// </summary>
    public Task Run(string phase, Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        Task<Task> timed = TimeAsync(phase, start, cancellationToken);
        return timed.IsCompleted ? timed.GetAwaiter().GetResult() : timed.Unwrap();
    }

    // Asynchronous, so that the host's flow is the same afterwards: what it starts beside this one is not nested in it.
    private async Task<Task> TimeAsync(string phase, Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        using StartupScope scope = tracker.Begin(name, type, phase);
        try
        {
            Task running = start(cancellationToken);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (running.IsFaulted)
                scope.Fail(running.Exception.InnerException ?? running.Exception);
            else if (running.IsCanceled)
                scope.Fail(new TaskCanceledException(running));
            return running;
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }
}

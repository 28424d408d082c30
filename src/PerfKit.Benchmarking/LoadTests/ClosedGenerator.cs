namespace PerfKit.Benchmarking;

/// <summary>Tasks that each make one operation after another.</summary>
internal sealed class ClosedGenerator(
    ClosedLoad model,
    Func<LoadOperation, CancellationToken, Task> operation,
    LoadClock clock,
    LoadRecorder recorder,
    CancellationToken ct)
{
    private long _started;

    public long Started => Interlocked.Read(ref _started);

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, model.ConcurrentTasks).Select(worker => Task.Run(() => WorkAsync(worker), CancellationToken.None)));

    public async Task WorkAsync(int worker)
    {
        try
        {
            if (model.RampUp > TimeSpan.Zero && worker > 0)
                await Task.Delay(model.RampUp * worker / model.ConcurrentTasks, clock.Time, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        for (int i = 0; i < model.OperationsPerTask && !ct.IsCancellationRequested; i++)
        {
            Interlocked.Increment(ref _started);
            long begin = clock.Now;
            Exception? error = null;
            try
            {
                await operation(new LoadOperation(i, worker), ct).ConfigureAwait(false);
            }
            catch (Exception exception) // the operation's own; it is counted
            {
                error = exception;
            }

            if (error is OperationCanceledException && ct.IsCancellationRequested)
                return;     // it did not end; it was ended

            long end = clock.Now;
            recorder.Ended(end, end - begin, error);
        }
    }
}

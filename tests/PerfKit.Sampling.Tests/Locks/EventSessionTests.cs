namespace PerfKit.Sampling.Tests;

public sealed class EventSessionTests
{
    [Fact]
    public async Task Listeners_begunAndDisposedAtOnce_doNotWaitForEachOther()
    {
        Task[] passing = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(static () =>
        {
            for (int round = 0; round < 150; round++)
            {
                using var listener = new LockListener(new LockWaits());
                listener.Start();
            }
        }))];

        await Task.WhenAll(passing).WaitAsync(TimeSpan.FromMinutes(1));
    }
}

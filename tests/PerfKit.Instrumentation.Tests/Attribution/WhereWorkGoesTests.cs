using System.Threading.Channels;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Which service work belongs to that is handed on, as docs/services.md says.</summary>
public sealed class WhereWorkGoesTests
{
    [Fact]
    public async Task ConfigureAwaitFalse_changesNothing()
    {
        async Task<string?> WorkAsync()
        {
            using (ServiceContext.Enter("goes.on"))
            {
                await Task.Delay(1).ConfigureAwait(false);
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                return ServiceContext.Current;
            }
        }

        Assert.Equal("goes.on", await WorkAsync());
    }

    [Fact]
    public async Task QueuedAndStartedWork_isTheStarters()
    {
        var seen = new TaskCompletionSource<string?>();
        string? onThread = null, inTask;
        var inLoop = new string?[4];
        using (ServiceContext.Enter("goes.starter"))
        {
            ThreadPool.QueueUserWorkItem(_ => seen.SetResult(ServiceContext.Current));
            inTask = await Task.Run(() => ServiceContext.Current);
            var thread = new Thread(() => onThread = ServiceContext.Current);
            thread.Start();
            thread.Join();
            await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (i, _) =>
            {
                await Task.Yield();
                inLoop[i] = ServiceContext.Current;
            });
        }

        Assert.All([await seen.Task, inTask, onThread, .. inLoop], service => Assert.Equal("goes.starter", service));
    }

    [Fact]
    public async Task Timer_isTheServicesThatMadeIt()
    {
        var seen = new TaskCompletionSource<string?>();
        Timer timer;
        using (ServiceContext.Enter("goes.timer"))
            timer = new Timer(_ => seen.TrySetResult(ServiceContext.Current), null, 1, Timeout.Infinite);
        using (timer)
            Assert.Equal("goes.timer", await seen.Task);
    }

    [Fact]
    public async Task Channel_leavesItsReaderInTheReadersService()
    {
        var channel = Channel.CreateUnbounded<int>();
        var waits = new TaskCompletionSource();
        async Task<string?> ReadAsync()
        {
            using (ServiceContext.Enter("goes.reader"))
            {
                ValueTask<int> item = channel.Reader.ReadAsync();
                waits.SetResult();
                await item;
                return ServiceContext.Current;
            }
        }
        Task<string?> reading = Task.Run(ReadAsync);
        await waits.Task;
        using (ServiceContext.Enter("goes.writer"))
            await channel.Writer.WriteAsync(1);

        Assert.Equal("goes.reader", await reading);
    }

    [Fact]
    public async Task UnsafeWork_isNobodys()
    {
        var seen = new TaskCompletionSource<string?>();
        string? onThread = "unset";
        using (ServiceContext.Enter("goes.nowhere"))
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => seen.SetResult(ServiceContext.Current), null);
            var thread = new Thread(() => onThread = ServiceContext.Current);
            thread.UnsafeStart();
            thread.Join();
        }

        Assert.Null(await seen.Task);
        Assert.Null(onThread);
    }

    [Fact]
    public async Task AsyncIterator_losesAContextAtItsNextYield()
    {
        var inside = new List<string?>();
        async IAsyncEnumerable<int> Items()
        {
            using (ServiceContext.Enter("goes.iterator"))
            {
                inside.Add(ServiceContext.Current);
                yield return 1;
                inside.Add(ServiceContext.Current);
                await Task.Yield();
            }
        }
        using (ServiceContext.Enter("goes.consumer"))
        {
            await foreach (int _ in Items())
                Assert.Equal("goes.consumer", ServiceContext.Current);
            Assert.Equal("goes.consumer", ServiceContext.Current);
        }

        Assert.Equal(["goes.iterator", "goes.consumer"], inside);
        Assert.Null(ServiceContext.Current);
    }
}

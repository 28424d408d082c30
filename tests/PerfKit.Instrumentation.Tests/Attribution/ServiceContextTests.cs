using System.Diagnostics;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Against the real clocks: figures are checked with room for a busy machine, and for what must hold on any.</summary>
public sealed class ServiceContextTests
{
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(30);

    private readonly UsageSnapshot _before = UsageSnapshot.Take();

    [Fact]
    public void Enter_aroundWork_chargesItsCpuToTheService()
    {
        TimeSpan burned;
        using (ServiceContext.Enter("ctx.cpu"))
            burned = Burn(TimeSpan.FromMilliseconds(60));

        TimeSpan charged = Used("ctx.cpu").Cpu!.Value;
        Assert.InRange(charged, burned * 0.97 - TimeSpan.FromMilliseconds(1), burned + TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public async Task Enter_acrossAwaits_chargesEachServiceWithItsOwn()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var burned = new Dictionary<string, TimeSpan>();
        async Task WorkAsync(string service, int milliseconds)
        {
            TimeSpan mine = TimeSpan.Zero;
            using (ServiceContext.Enter(service))
            {
                for (int i = 0; i < 10; i++)
                {
                    mine += Burn(TimeSpan.FromMilliseconds(milliseconds));
                    await Task.Yield();
                }
            }
            lock (burned)
                burned[service] = mine;
        }
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() => WorkAsync($"ctx.mixed {i}", i * 2))));

        foreach ((string service, TimeSpan mine) in burned)
            Assert.InRange(Used(service).Cpu!.Value, mine * 0.97 - TimeSpan.FromMilliseconds(1), mine * 1.05 + TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void Enter_aroundABlockedThread_chargesBlockedTimeAndNoCpu()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (ServiceContext.Enter("ctx.blocked"))
        using (var never = new ManualResetEventSlim())
            never.Wait(100);

        ServiceUsage usage = Used("ctx.blocked");
        Assert.InRange(usage.Blocked!.Value + usage.QueuedForCpu!.Value, TimeSpan.FromMilliseconds(90), TimeSpan.FromSeconds(5));
        Assert.True(usage.Cpu < Room, $"CPU {usage.Cpu}");
        Assert.True(usage.Awaiting < Room, $"awaiting {usage.Awaiting}");
    }

    [Fact]
    public async Task Enter_aroundAnAwait_chargesAwaitingAndNotBlocked()
    {
        using (ServiceContext.Enter("ctx.awaiting"))
            await OnTimer(100);

        ServiceUsage usage = Used("ctx.awaiting");
        Assert.InRange(usage.Awaiting, TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(5));
        Assert.True(usage.Blocked < Room, $"blocked {usage.Blocked}");
    }

    [Fact]
    public async Task Enter_insideAnother_chargesTheInnermostOnly()
    {
        using (ServiceContext.Enter("ctx.outer"))
        {
            using (ServiceContext.Enter("ctx.inner"))
            {
                Burn(TimeSpan.FromMilliseconds(30));
                await OnTimer(60);
            }
            Assert.Equal("ctx.outer", ServiceContext.Current);
        }

        Assert.Null(ServiceContext.Current);
        Assert.True(Used("ctx.outer").Cpu < TimeSpan.FromMilliseconds(20), $"{Used("ctx.outer")}");
        Assert.True(Used("ctx.outer").Awaiting < Room, $"{Used("ctx.outer")}");
        Assert.True(Used("ctx.inner").Awaiting > TimeSpan.FromMilliseconds(30), $"{Used("ctx.inner")}");
    }

    [Fact]
    public void Take_whileAContextRuns_countsTheRunningSlice()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var stop = new ManualResetEventSlim();
        using var warm = new ManualResetEventSlim();
        var hot = new Thread(() =>
        {
            using (ServiceContext.Enter("ctx.running"))
            {
                Burn(TimeSpan.FromMilliseconds(40));
                warm.Set();
                while (!stop.IsSet)
                    Burn(TimeSpan.FromMilliseconds(1));
            }
        });
        hot.Start();
        warm.Wait();

        TimeSpan running = Used("ctx.running").Cpu!.Value;
        stop.Set();
        hot.Join();

        Assert.True(running >= TimeSpan.FromMilliseconds(39), $"{running}");
        Assert.True(Used("ctx.running").Cpu >= running);
    }

    [Fact]
    public void Enter_aroundAllocation_chargesTheBytes()
    {
        const int Bytes = 1 << 20;
        using (ServiceContext.Enter("ctx.allocating"))
            GC.KeepAlive(new byte[Bytes]);

        Assert.InRange(Used("ctx.allocating").AllocatedBytes, Bytes, Bytes + 4_096);
    }

    [Fact]
    public async Task Enter_aroundThrownExceptions_countsThemForTheInnermost()
    {
        using (ServiceContext.Enter("ctx.outer-thrower"))
        {
            using (ServiceContext.Enter("ctx.thrower"))
            {
                await Task.Yield();
                for (int i = 0; i < 7; i++)
                {
                    try
                    {
                        throw new InvalidOperationException();
                    }
                    catch (InvalidOperationException)
                    {
                    }
                }
            }
        }

        Assert.Equal(7, Used("ctx.thrower").Exceptions);
        Assert.Equal(0, Used("ctx.outer-thrower").Exceptions);
    }

    [Fact]
    public void Enter_aroundSmallReads_chargesTheCalls()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Calls = 2_000;
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[64]);
            using (ServiceContext.Enter("ctx.reading"))
            {
                using var file = File.OpenHandle(path);
                Span<byte> buffer = stackalloc byte[16];
                for (int i = 0; i < Calls; i++)
                    RandomAccess.Read(file, buffer, 0);
            }
        }
        finally
        {
            File.Delete(path);
        }

        ServiceUsage usage = Used("ctx.reading");
        Assert.InRange(usage.IoOperations!.Value, Calls, Calls + 50);
        Assert.InRange(usage.IoReadBytes!.Value, Calls * 16, (Calls * 16) + 10_000);
    }

    [Fact]
    public void Enter_aroundWaitsWithoutIo_chargesNoIo()
    {
        using var never = new ManualResetEventSlim();
        for (int i = 0; i < 50; i++)
        {
            using (ServiceContext.Enter("ctx.no io"))
                never.Wait(2); // long enough for PerfKit's own reads, which are not the service's
        }

        Assert.InRange(Used("ctx.no io").IoOperations ?? 0, 0, 5);
    }

    [Fact]
    public void Dispose_inOtherFlows_leavesNothingPilingUp()
    {
        int alive = -1;
        var weak = new List<WeakReference>();
        var flow = new Thread(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                ServiceContext context = ServiceContext.Enter("ctx.elsewhere");
                weak.Add(new WeakReference(context.Node));
                var elsewhere = new Thread(context.Dispose);
                using (ExecutionContext.SuppressFlow())
                    elsewhere.Start();
                elsewhere.Join();
            }
            GC.Collect();
            alive = weak.Count(reference => reference.IsAlive);
        });
        flow.Start();
        flow.Join();

        Assert.InRange(alive, 0, 5);
    }

    [Fact]
    public void Enter_byTheOverflowsOwnName_isOneService()
    {
        using (ServiceContext.Enter("(other)")) { }

        Assert.Single(UsageSnapshot.Take().Services, usage => usage.Service == "(other)");
    }

    [Fact]
    public async Task Enter_withSuppressedFlow_chargesNothingToTheService()
    {
        Task<string?> detached;
        using (ServiceContext.Enter("ctx.suppressed"))
        {
            using (ExecutionContext.SuppressFlow())
                detached = Task.Run(() => ServiceContext.Current);
        }

        Assert.Null(await detached);
    }

    [Fact]
    public void Dispose_twiceAndOutOfOrder_isHarmless()
    {
        ServiceContext outer = ServiceContext.Enter("ctx.order outer");
        ServiceContext inner = ServiceContext.Enter("ctx.order inner");
        outer.Dispose();
        outer.Dispose();
        inner.Dispose();
        inner.Dispose();

        Assert.Null(ServiceContext.Current);
    }

    [Fact]
    public void Dispose_ofACopy_endsTheContextOnce()
    {
        ServiceContext context = ServiceContext.Enter("ctx.copied"), copy = context;
        using (ServiceContext.Enter("ctx.inside"))
        {
            Assert.Equal(context, copy);
        }
        copy.Dispose();
        using ServiceContext next = ServiceContext.Enter("ctx.next");
        context.Dispose();

        Assert.Equal("ctx.next", ServiceContext.Current);
    }

    [Fact]
    public async Task Dispose_afterOneInAFlowThatForked_leavesTheContext()
    {
        ServiceContext context = ServiceContext.Enter("ctx.forked");
        await Task.Run(context.Dispose);

        context.Dispose();

        Assert.Null(ServiceContext.Current);
    }

    [Fact]
    public void Dispose_ofTheDefault_doesNothing()
    {
        using ServiceContext open = ServiceContext.Enter("ctx.open");

        default(ServiceContext).Dispose();

        Assert.Equal("ctx.open", ServiceContext.Current);
        Assert.Equal("", default(ServiceContext).Service);
    }

    [Fact]
    public void Enter_ofAThreadThatEnded_isStillInTheBooks()
    {
        var thread = new Thread(() =>
        {
            using (ServiceContext.Enter("ctx.ended thread"))
                Burn(TimeSpan.FromMilliseconds(20));
        });
        thread.Start();
        thread.Join();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.True(Used("ctx.ended thread").Cpu >= TimeSpan.FromMilliseconds(19));
    }

    [Fact]
    public void Enter_fromManyThreads_countsEveryEntry()
    {
        const int Threads = 8, Each = 2_000;
        using var gate = new Barrier(Threads);
        Thread[] threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            gate.SignalAndWait();
            for (int i = 0; i < Each; i++)
            {
                using (ServiceContext.Enter($"ctx.many {(number + i) % 3}"))
                using (ServiceContext.Enter("ctx.many inner")) { }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        while (threads.Any(thread => thread.IsAlive))
            UsageSnapshot.Take(); // a reader never disturbs the writers
        UsageSnapshot window = UsageSnapshot.Take().Since(_before);

        Assert.Equal(Threads * Each, window.Services.Where(usage => usage.Service is "ctx.many 0" or "ctx.many 1" or "ctx.many 2").Sum(usage => usage.Entries));
        Assert.Equal(Threads * Each, window.Services.Single(usage => usage.Service == "ctx.many inner").Entries);
        Assert.Equal(0, ThreadLedger.Faults);
    }

    private ServiceUsage Used(string service) => UsageSnapshot.Take().Since(_before).Services.Single(usage => usage.Service == service);

    /// <summary>Keeps the calling thread running for a time of its own CPU clock, and says how long it was.</summary>
    private static TimeSpan Burn(TimeSpan cpu)
    {
        long began = ThreadClock.ReadCurrent(), until = began + (long)(cpu.TotalSeconds * Stopwatch.Frequency), now;
        do
            now = ThreadClock.ReadCurrent();
        while (now < until);
        return Stopwatch.GetElapsedTime(began, now);
    }

    private static async Task OnTimer(int milliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = new Timer(_ => done.SetResult(), null, milliseconds, Timeout.Infinite);
        await done.Task;
    }
}

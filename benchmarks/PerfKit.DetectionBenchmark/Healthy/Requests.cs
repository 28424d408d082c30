using System.Text.Json;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>Nothing to do.</summary>
internal sealed record Idle : Workload;

/// <summary>Nothing to do, for long.</summary>
internal sealed record LongIdle(double SecondsWatched) : Workload
{
    public override TimeSpan Audit => TimeSpan.FromSeconds(SecondsWatched);
}

/// <summary>Requests that parse a little, allocate a little and await a remote system, metered. Every hundredth fails.</summary>
internal sealed record Requests(double PerSecond, int RemoteMilliseconds = 10) : Workload
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 40).ToDictionary(i => $"field{i}", i => i));

    private int _count;

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        OperationMeter meter = OperationMeter.Create($"{Service}.request");
        return Pace.KeepAsync(PerSecond, count => Task.WhenAll(Enumerable.Range(0, count).Select(_ => ServeAsync(meter, premises.Remote))), stop);
    }

    private async Task ServeAsync(OperationMeter meter, Remote remote)
    {
        using OperationScope operation = meter.Measure();
        Dictionary<string, int>? fields = JsonSerializer.Deserialize<Dictionary<string, int>>(Body);
        await remote.CallAsync(RemoteMilliseconds);
        if (fields is null || Interlocked.Increment(ref _count) % 100 == 0)
            operation.Fail();
    }
}

/// <summary>Many flows wait for a remote system at once, on no thread.</summary>
internal sealed record AwaitingCalls(int Flows, int Milliseconds) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.InFlowsAsync(Flows, () => premises.Remote.CallAsync(Milliseconds), stop);
}

/// <summary>A producer and consumers with a bounded channel between them.</summary>
internal sealed record Pipeline(double PerSecond, int Consumers) : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        var channel = System.Threading.Channels.Channel.CreateBounded<byte[]>(100);
        Task consuming = Task.WhenAll(Enumerable.Range(0, Consumers).Select(_ => ConsumeAsync(channel.Reader)));
        await Pace.KeepAsync(
            PerSecond,
            async count =>
            {
                for (int i = 0; i < count; i++)
                    await channel.Writer.WriteAsync(new byte[512], CancellationToken.None);
            },
            stop);
        channel.Writer.Complete();
        await consuming;
    }

    private static async Task ConsumeAsync(System.Threading.Channels.ChannelReader<byte[]> reader)
    {
        await foreach (byte[] message in reader.ReadAllAsync())
            message.AsSpan().Reverse();
    }
}

/// <summary>Many periodic timers with next to nothing to do.</summary>
internal sealed record Timers(int Count) : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        Timer[] timers = [.. Enumerable.Range(0, Count).Select(i => new Timer(_ => { }, null, i, 100))];
        await Pace.KeepAsync(1, _ => { }, stop);
        foreach (Timer timer in timers)
            await timer.DisposeAsync();
    }
}

using Microsoft.Extensions.Hosting;

namespace PerfKit.Integration.Tests;

/// <summary>Takes part in every phase, and notes the calls.</summary>
internal sealed class Phased : IHostedLifecycleService
{
    public List<string> Calls { get; } = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Note("starting");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await Note("start");
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Note("started");

    public Task StoppingAsync(CancellationToken cancellationToken) => Note("stopping");

    public Task StopAsync(CancellationToken cancellationToken) => Note("stop");

    public Task StoppedAsync(CancellationToken cancellationToken) => Note("stopped");

    private Task Note(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}

internal abstract class Simple : IHostedService
{
    public virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class Made : Simple;

internal sealed class Given : Simple;

internal sealed class Broken(bool isAtOnce) : Simple
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var failure = new InvalidTimeZoneException("no such zone");
        return isAtOnce ? throw failure : LaterAsync(failure);
    }

    private static async Task LaterAsync(Exception failure)
    {
        await Task.Yield();
        throw failure;
    }
}

internal sealed class Meeting
{
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class Waiting(Meeting meeting) : Simple
{
    public override Task StartAsync(CancellationToken cancellationToken) => meeting.Arrived.Task;
}

internal sealed class Arriving(Meeting meeting) : Simple
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        meeting.Arrived.SetResult();
        return Task.CompletedTask;
    }
}

/// <summary>Works until it is stopped, and counts what is done to it.</summary>
internal sealed class Worker : BackgroundService
{
    public int Starts { get; private set; }

    public int Stops { get; private set; }

    public int Disposals { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Starts++;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        Stops++;
        return base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Disposals++;
        base.Dispose();
    }

    // Until it is stopped: a delay without end waits for the token, and for no clock.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.Infinite, stoppingToken);
}

internal sealed class FailingWorker : BackgroundService
{
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Fail() => _failure.SetException(new InvalidOperationException("later"));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _failure.Task;
}

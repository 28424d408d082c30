using System.Globalization;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>Reads and writes files well below the limits.</summary>
internal sealed record ModestFiles(double CallsPerSecond, int BytesACall) : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        string path = premises.MakeFile("modest.bin", 4 << 20);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var buffer = new byte[BytesACall];
        await Pace.KeepAsync(
            CallsPerSecond,
            count =>
            {
                for (int i = 0; i < count; i++)
                    RandomAccess.Read(file.SafeFileHandle, buffer, i * BytesACall % (3 << 20));
            },
            stop);
    }
}

/// <summary>Throws now and then, or many at once and then no more.</summary>
internal sealed record SomeExceptions(double PerSecond, int AtOnce) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        Throw(AtOnce);
        return Pace.KeepAsync(PerSecond, Throw, stop);
    }

    private static void Throw(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                _ = int.Parse("n/a", CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                // It is answered otherwise.
            }
        }
    }
}

/// <summary>An operation of which very few are slow.</summary>
internal sealed record RarelySlow(double PerSecond, int OneIn) : Workload
{
    private int _count;

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        OperationMeter meter = OperationMeter.Create($"{Service}.request");
        return Pace.KeepAsync(
            PerSecond,
            count =>
            {
                for (int i = 0; i < count; i++)
                    _ = ServeAsync(meter, premises.Remote);
            },
            stop);
    }

    private async Task ServeAsync(OperationMeter meter, Remote remote)
    {
        using OperationScope operation = meter.Measure();
        await remote.CallAsync(Interlocked.Increment(ref _count) % OneIn == 0 ? 1500 : 20);
    }
}

/// <summary>A start with several steps that take well under the limit.</summary>
internal sealed record OrderlyStart(int Steps, int Milliseconds) : Workload
{
    public override async Task StartAsync(Premises premises)
    {
        for (int i = 0; i < Steps; i++)
        {
            using (StartupScope.Begin($"{Service}.step{i.ToString(CultureInfo.InvariantCulture)}"))
                await premises.Remote.CallAsync(Milliseconds);
        }
    }
}

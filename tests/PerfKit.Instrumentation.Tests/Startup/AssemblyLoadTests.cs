using System.Runtime.Loader;

namespace PerfKit.Instrumentation.Tests;

public sealed class AssemblyLoadTests
{
    private readonly StartupTracker _tracker = new();

    [Fact]
    public void AssemblyLoads_ofAScope_areThoseItsFlowLoaded()
    {
        using (_tracker.Begin("outer"))
        {
            using (_tracker.Begin("loads"))
                LoadAgain(typeof(StartupTracker));
            Work.Burn(TimeSpan.FromMilliseconds(1));
        }

        StartupRecord[] records = [.. _tracker.Snapshot().Records];
        Assert.Contains(records[1].AssemblyLoads, load => load.Name == "PerfKit.Instrumentation");
        Assert.DoesNotContain(records[0].AssemblyLoads, load => load.Name == "PerfKit.Instrumentation");
        Assert.Equal(records[1].AssemblyLoads.Count, records[1].Self!.AssembliesLoaded);
        Assert.Equal(records[0].Self!.AssembliesLoaded + records[1].Self!.AssembliesLoaded, records[0].Inclusive!.AssembliesLoaded);
        Assert.Null(records[1].AssemblyLoads[0].Duration);
    }

    [Fact]
    public void TimeAssemblyLoads_givesLoadsTheirTime_andThePartsStillAddUp()
    {
        using IDisposable timing = StartupTracker.TimeAssemblyLoads();
        using (_tracker.Begin("loads"))
            LoadAgain(typeof(FactAttribute));

        StartupRecord record = _tracker.Snapshot().Records[0];
        Assert.True(SpinWait.SpinUntil(() => IsTimed(record = _tracker.Snapshot().Records[0]), TimeSpan.FromSeconds(20)));
        Assert.True(record.Self!.AssemblyLoading > TimeSpan.Zero, $"{record.Self}");
        Assert.True(record.Self.AssemblyLoading < record.Self.Wall, $"{record.Self}");
        Assert.InRange(record.Self.SumOfParts(), record.Self.Wall * 0.98, record.Self.Wall * 1.02);
        Assert.DoesNotContain(record.Self.NotToldApart(), text => text.Contains("ssembly", StringComparison.Ordinal));
    }

    [Fact]
    public void LoadTimes_ofALoadInsideAnother_countOnce()
    {
        var times = new LoadTimes();
        times.Begin(thread: 1, "A, Version=1.0.0.0", ticks: 0);
        times.Begin(thread: 2, "C", ticks: 5);
        times.Begin(thread: 1, "B", ticks: 10);
        times.Begin(thread: 1, "Known", ticks: 12);

        Assert.Equal(TimeSpan.FromTicks(30), times.End(thread: 1, "B, Version=2.0.0.0", ticks: 40));
        Assert.Equal(TimeSpan.FromTicks(70), times.End(thread: 1, "A, Version=1.0.0.0", ticks: 100));
        Assert.Equal(TimeSpan.FromTicks(95), times.End(thread: 2, "C", ticks: 100));
        Assert.Null(times.End(thread: 1, "FromMemory", ticks: 120));
    }

    [Fact]
    public void TakeLoading_ofALoadThatTheCompilerAskedFor_takesItOutOfJit()
    {
        StartupCharge charge = Charge(Load(duration: 100, compiledAfter: 100));

        Assert.Equal((40, 60, 100), (charge.Cpu, charge.Jit, charge.Loading));
    }

    [Fact]
    public void TakeLoading_ofALoadThatNoCompilationIsLongEnoughFor_takesItOutOfTheRest()
    {
        StartupCharge charge = Charge(Load(duration: 30, compiledAfter: 29));

        Assert.Equal((10, 160, 30), (charge.Cpu, charge.Jit, charge.Loading));
    }

    private static StartupCharge Charge(LoadEntry load)
    {
        var charge = new StartupCharge { Cpu = 40, Jit = 160 };
        charge.TakeLoading(load.Duration, load.IsInJit);
        return charge;
    }

    private static LoadEntry Load(long duration, long compiledAfter)
    {
        var load = new LoadEntry("A", jitTime: 7) { Duration = duration };
        load.Settle(7 + compiledAfter);
        return load;
    }

    private static bool IsTimed(StartupRecord record) =>
        record.AssemblyLoads.Any() && record.AssemblyLoads.All(load => load.Duration is not null);

    private static void LoadAgain(Type type)
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        context.LoadFromAssemblyPath(type.Assembly.Location);
        context.Unload();
    }
}

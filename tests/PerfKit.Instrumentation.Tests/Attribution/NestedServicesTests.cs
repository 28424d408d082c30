namespace PerfKit.Instrumentation.Tests;

/// <summary>What services around others are told of them.</summary>
public sealed class NestedServicesTests
{
    private const int Bytes = 1 << 20;

    private readonly UsageSnapshot _before = UsageSnapshot.Take();

    [Fact]
    public async Task Inclusive_ofAnOuterService_hasTheInnerOnesToo()
    {
        using (ServiceContext.Enter("nest.outer"))
        {
            Work.Burn(TimeSpan.FromMilliseconds(5));
            using (ServiceContext.Enter("nest.middle"))
            using (ServiceContext.Enter("nest.inner"))
            {
                Work.Burn(TimeSpan.FromMilliseconds(20));
                GC.KeepAlive(new byte[Bytes]);
                await Work.OnTimer(30);
            }
        }

        // One reading for all: what was assumed of short slices is settled later.
        UsageSnapshot window = UsageSnapshot.Take().Since(_before);
        ServiceUsage outer = Of(window, "nest.outer"), middle = Of(window, "nest.middle"), inner = Of(window, "nest.inner");
        Assert.Null(inner.Inclusive);
        Assert.True(outer.Cpu < TimeSpan.FromMilliseconds(15), $"{outer.Cpu}");
        Assert.True(outer.Inclusive!.Cpu >= TimeSpan.FromMilliseconds(24), $"{outer.Inclusive.Cpu}");
        AssertSum(outer.Inclusive.Cpu!.Value, outer.Cpu!.Value, middle.Cpu!.Value, inner.Cpu!.Value);
        Assert.Equal(middle.AllocatedBytes + inner.AllocatedBytes, middle.Inclusive!.AllocatedBytes);
        AssertSum(outer.Inclusive.Awaiting, outer.Awaiting, middle.Awaiting, inner.Awaiting);
        Assert.Equal((1, 1), (outer.Entries, outer.Inclusive.Entries));
        Assert.Null(outer.Inclusive.Inclusive);
    }

    [Fact]
    public void Inclusive_ofAServiceInsideItself_countsEachByteOnce()
    {
        using (ServiceContext.Enter("nest.a"))
        using (ServiceContext.Enter("nest.b"))
        using (ServiceContext.Enter("nest.a"))
        using (ServiceContext.Enter("nest.a"))
            GC.KeepAlive(new byte[Bytes]);

        ServiceUsage a = Used("nest.a"), b = Used("nest.b");
        Assert.Equal((3, 1), (a.Entries, b.Entries));
        Assert.InRange(a.AllocatedBytes, Bytes, Bytes + 200_000);
        Assert.InRange(a.Inclusive!.AllocatedBytes, Bytes, Bytes + 200_000);
        Assert.InRange(b.AllocatedBytes, 0, 200_000);
        Assert.InRange(b.Inclusive!.AllocatedBytes, Bytes, Bytes + 200_000);
    }

    [Fact]
    public void Since_whenTheInnerServiceIsNew_leavesOutWhatWasBefore()
    {
        using (ServiceContext.Enter("nest.window"))
            GC.KeepAlive(new byte[Bytes]);
        UsageSnapshot between = UsageSnapshot.Take();
        using (ServiceContext.Enter("nest.window"))
        using (ServiceContext.Enter("nest.late"))
            GC.KeepAlive(new byte[Bytes]);

        ServiceUsage window = UsageSnapshot.Take().Since(between).Services.Single(usage => usage.Service == "nest.window");
        Assert.InRange(window.Inclusive!.AllocatedBytes, Bytes, Bytes + 200_000);
    }

    [Fact]
    public void Of_inEveryOrderOfManyServices_staysBoundedAndKeepsEachService()
    {
        var paths = new ServicePaths(maxServices: 12, maxPaths: 40);
        string[] names = [.. Enumerable.Range(0, 10).Select(number => $"service {number}")];
        foreach (string first in names)
        {
            foreach (string second in names)
                Assert.Equal(second, paths.Of(paths.Of(null, first), second).Service);
        }

        Assert.True(paths.Unnested > 0);
        Assert.Equal(40 - 12 + 10 + 1, paths.Count); // 28 ways to nest, ten services and (other)
        Assert.All(Enumerable.Range(0, paths.Count), id => Assert.Equal(id, paths[id].Id));
    }

    [Fact]
    public void Of_moreServicesThanAreKept_isOther()
    {
        var paths = new ServicePaths(maxServices: 3, maxPaths: 10);

        Assert.Equal(["a", "b", ServicePaths.OtherName, "a"], new[] { "a", "b", "c", "a" }.Select(name => paths.Of(null, name).Service));
        Assert.Equal(ServicePaths.OtherName, paths.Of(paths.Of(null, "a"), "c").Service);
        Assert.Equal(2, paths.Overflowed);
    }

    [Fact]
    public void Of_aServiceThatIsOnThePath_movesItToTheEnd()
    {
        var paths = new ServicePaths(maxServices: 8, maxPaths: 32);
        ServicePath a = paths.Of(null, "a"), ab = paths.Of(a, "b");

        Assert.Same(a, paths.Of(a, "a"));
        Assert.Equal(["a", "b"], paths.Of(ab, "a").Services);
        Assert.Same(ab, paths.Of(paths.Of(ab, "a"), "b"));
    }

    // Each is rounded by itself.
    private static void AssertSum(TimeSpan sum, params TimeSpan[] parts) =>
        Assert.InRange(sum.Ticks - parts.Sum(part => part.Ticks), -parts.Length, parts.Length);

    private ServiceUsage Used(string service) => Of(UsageSnapshot.Take().Since(_before), service);

    private static ServiceUsage Of(UsageSnapshot window, string service) => window.Services.Single(usage => usage.Service == service);
}

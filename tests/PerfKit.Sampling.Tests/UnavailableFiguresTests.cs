namespace PerfKit.Sampling.Tests;

public sealed class UnavailableFiguresTests
{
    [Fact]
    public void Note_sameFigureTwice_keepsTheFirstReason()
    {
        var unavailable = new UnavailableFigures();
        IReadOnlyList<UnavailableFigure> early = unavailable.All;
        unavailable.Note("A", "first");
        unavailable.Note("B", "other");
        unavailable.Note("A", "second");

        Assert.Equal([new("A", "first"), new("B", "other")], unavailable.All);
        Assert.Empty(early);
    }

    [Fact]
    public void Note_endlessNames_isBounded()
    {
        var unavailable = new UnavailableFigures();
        for (int i = 0; i < 1000; i++) unavailable.Note($"figure {i}", "no reason");
        Assert.Equal(UnavailableFigures.Capacity, unavailable.All.Count);
    }
}

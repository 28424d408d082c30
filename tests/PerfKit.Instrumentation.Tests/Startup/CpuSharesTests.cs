using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class CpuSharesTests
{
    [Fact]
    public void RunToNextEnd_withAFreeCoreForEach_isNotSlowedDown()
    {
        var shares = new CpuShares(2, cores: 2);
        shares.Start(0, 10, 1);
        shares.Start(1, 4, 1);

        Assert.Equal((1, 4), (shares.RunToNextEnd(), shares.Now));
        Assert.Equal((0, 10), (shares.RunToNextEnd(), shares.Now));
        Assert.True(shares.IsIdle);
    }

    [Fact]
    public void RunToNextEnd_twoOnOneCore_shareItEvenly()
    {
        var shares = new CpuShares(2, cores: 1);
        shares.Start(0, 10, 1);
        shares.Start(1, 4, 1);

        Assert.Equal((1, 8), (shares.RunToNextEnd(), shares.Now));
        Assert.Equal((0, 14), (shares.RunToNextEnd(), shares.Now));
    }

    [Fact]
    public void RunToNextEnd_whatMostlyWaits_isHardlySlowedByWhatComputes()
    {
        var shares = new CpuShares(3, cores: 1);
        shares.Start(0, 100, 1);
        shares.Start(1, 100, 1);
        shares.Start(2, 10, 0.1); // wants less than the fair level of 0.45

        Assert.Equal((2, 10.0), (shares.RunToNextEnd(), shares.Now));
    }

    /// <summary>The same division worked out from scratch at every start and end.</summary>
    [Fact]
    public void RunToNextEnd_anyWork_agreesWithTheDivisionWorkedOutAnew() => Prop.ForAll<byte[], int>((bytes, seed) =>
    {
        int count = Math.Clamp(bytes.Length, 1, 25);
        var random = new System.Random(seed);
        double cores = random.Next(1, 9) / 2.0;
        double[] work = Enumerable.Range(0, count).Select(_ => (double)random.Next(1, 100)).ToArray();
        double[] demand = Enumerable.Range(0, count).Select(_ => random.Next(0, 11) / 10.0).ToArray();
        var shares = new CpuShares(count, cores);
        double[] left = [.. work];
        var running = new List<int>();
        double now = 0;
        int started = 0;
        while (started < count || running.Count > 0)
        {
            for (int more = running.Count == 0 ? 1 : random.Next(3); more > 0 && started < count; more--)
            {
                shares.Start(started, work[started], demand[started]);
                running.Add(started++);
            }
            double[] speed = running.Select(piece => Speed(piece, running, demand, cores)).ToArray();
            double step = running.Select((piece, i) => left[piece] / speed[i]).Min();
            now += step;
            for (int i = 0; i < running.Count; i++)
                left[running[i]] -= step * speed[i];

            int ended = shares.RunToNextEnd();

            Assert.Equal(now, shares.Now, 1e-6 * (1 + now));
            Assert.Equal(0, left[ended], 1e-5 * (1 + work[ended]));
            Assert.True(running.Remove(ended));
            left[ended] = 0;
        }
        Assert.True(shares.IsIdle);
        Assert.True(shares.Now >= work.Zip(demand, (piece, part) => piece * part).Sum() / cores * (1 - 1e-9));
        Assert.True(shares.Now <= work.Sum() / Math.Min(1, cores) * (1 + 1e-9));
    }).QuickCheckThrowOnFailure();

    // Fill up a common level until the cores are used up.
    private static double Speed(int piece, List<int> running, double[] demand, double cores)
    {
        double free = cores;
        int squeezed = running.Count;
        foreach (int other in running.OrderBy(other => demand[other]))
        {
            if (demand[other] > free / squeezed)
                break;
            free -= demand[other];
            squeezed--;
        }
        double level = squeezed > 0 ? free / squeezed : 1;
        return demand[piece] <= level || demand[piece] == 0 ? 1 : level / demand[piece];
    }
}

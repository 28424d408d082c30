using PerfKit.Pinning;

namespace PerfKit.WebBenchmark;

/// <summary>
/// Sites started anew, one of each kind, that are asked in turns. What is derived of two sites is derived inside each round, and the
/// median over the rounds is told. Rounds in which somebody shared one of the two cores are made up for by others, and left out if
/// there are enough others.
/// </summary>
internal sealed class Generation
{
    private const int MostTries = 4; // times the rounds that are wanted

    private readonly List<Round> _rounds = [];

    /// <summary>How many rounds there were.</summary>
    public int RoundsRun => _rounds.Count;

    /// <summary>The rounds that count: judged late, because a core that was shared from the beginning shows only when it no longer is.</summary>
    public IReadOnlyList<IReadOnlyDictionary<Instruments, Slice>> Told
    {
        get
        {
            Round[] alone = [.. _rounds.Where(round => SharedCore.IsAlone(round.Probed))];
            return [.. (alone.Length >= Math.Min(4, _rounds.Count) ? alone : [.. _rounds]).Select(round => round.Slices)];
        }
    }

    /// <param name="number">Which generation it is: each begins with another kind.</param>
    public static Generation Run(int number, Effort effort)
    {
        Instruments[] kinds = Enum.GetValues<Instruments>();
        var generation = new Generation();
        List<SiteProcess> sites = [];
        List<Customers> customers = [];
        try
        {
            for (int i = 0; i < kinds.Length; i++)
            {
                sites.Add(new SiteProcess(kinds[(i + number) % kinds.Length]));
                customers.Add(new Customers(sites[i].Port));
            }
            for (int slice = 0; slice < effort.WarmUpSlices; slice++)
            {
                foreach (Customers some in customers)
                    some.Ask(effort.Slice);
            }
            for (int alone = 0, round = 0; alone < effort.Rounds && round < effort.Rounds * MostTries; round++)
            {
                var slices = new Dictionary<Instruments, Slice>();
                double probed = Probe();
                for (int i = 0; i < sites.Count; i++)
                {
                    int next = (i + round) % sites.Count;
                    slices[sites[next].Instruments] = customers[next].Ask(effort.Slice);
                    probed = Math.Max(probed, Probe());
                }
                generation._rounds.Add(new Round(slices, probed));
                if (SharedCore.IsAlone(probed))
                    alone++;
            }
        }
        finally
        {
            customers.ForEach(some => some.Dispose());
            sites.ForEach(site => site.Dispose());
        }
        return generation;
    }

    public double Median(Instruments instruments, Func<Slice, double> figure) => Middle(Told.Select(round => figure(round[instruments])));

    /// <summary>By how much a figure is greater than without instruments: 0.01 is 1 %.</summary>
    public double Added(Instruments instruments, Func<Slice, double> figure) =>
        Middle(Told.Select(round => figure(round[instruments]) / figure(round[Instruments.None]))) - 1;

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // Of the sites' core and of the customers'.
    private static double Probe()
    {
        Cores.Pin(0);
        double sites = SharedCore.Probe();
        Cores.Pin(1);
        return Math.Max(sites, SharedCore.Probe());
    }

    private sealed record Round(IReadOnlyDictionary<Instruments, Slice> Slices, double Probed);
}

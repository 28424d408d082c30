using PerfKit.Pinning;

namespace PerfKit.WebBenchmark;

/// <summary>
/// Sites started anew, one of each kind, that are asked in turns. Medians are told of the slices in which nobody shared the sites' core,
/// where every site has enough of them: others are made up for.
/// </summary>
internal sealed class Generation
{
    private const int MostTries = 4; // times the rounds that are wanted
    private const int Enough = 4;

    private readonly Dictionary<Instruments, List<(Slice Slice, double Probed)>> _slices = [];

    /// <summary>How many slices there were.</summary>
    public int Run => _slices.Values.Sum(slices => slices.Count);

    /// <summary>How many of them count.</summary>
    public int Counted => _slices.Keys.Sum(instruments => Told(instruments).Count);

    // Judged late, because a core that was shared from the beginning shows only when it no longer is.
    private bool IsAlone => _slices.Values.All(slices => slices.Count(slice => SharedCore.IsAlone(slice.Probed)) >= Math.Min(Enough, slices.Count));

    /// <param name="number">Which generation it is: each begins with another kind.</param>
    public static Generation Of(int number, Effort effort)
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
                generation._slices[sites[i].Instruments] = [];
            }
            for (int slice = 0; slice < effort.WarmUpSlices; slice++)
            {
                foreach (Customers some in customers)
                    some.Ask(effort.Slice);
            }
            for (int round = 0; round < effort.Rounds || (round < effort.Rounds * MostTries && !generation.HasAlone(effort.Rounds)); round++)
            {
                for (int i = 0; i < sites.Count; i++)
                {
                    int next = (i + round) % sites.Count;
                    double before = Probe();
                    Slice slice = customers[next].Ask(effort.Slice);
                    generation._slices[sites[next].Instruments].Add((slice, Math.Max(before, Probe())));
                }
            }
        }
        finally
        {
            customers.ForEach(some => some.Dispose());
            sites.ForEach(site => site.Dispose());
        }
        return generation;
    }

    public double Median(Instruments instruments, Func<Slice, double> figure) => Middle(Told(instruments).Select(figure));

    /// <summary>By how much a figure is greater than without instruments: 0.01 is 1 %.</summary>
    public double Added(Instruments instruments, Func<Slice, double> figure) =>
        (Median(instruments, figure) / Median(Instruments.None, figure)) - 1;

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private IReadOnlyList<Slice> Told(Instruments instruments)
    {
        bool isAlone = IsAlone;
        return [.. _slices[instruments].Where(slice => !isAlone || SharedCore.IsAlone(slice.Probed)).Select(slice => slice.Slice)];
    }

    private bool HasAlone(int count) => _slices.Values.All(slices => slices.Count(slice => SharedCore.IsAlone(slice.Probed)) >= count);

    // Of the sites' core, which is what a site's figures depend on.
    private static double Probe()
    {
        Cores.Pin(0);
        double probed = SharedCore.Probe();
        Cores.Pin(1);
        return probed;
    }
}

namespace PerfKit.WebBenchmark;

/// <summary>
/// Sites started anew, one of each kind, that are asked in turns. What is derived of two sites is derived inside each round, and the
/// median over the rounds is told.
/// </summary>
internal sealed class Generation
{
    private readonly Dictionary<Instruments, List<Slice>> _slices = [];

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
                generation._slices[sites[i].Instruments] = [];
            }
            for (int slice = 0; slice < effort.WarmUpSlices; slice++)
            {
                foreach (Customers some in customers)
                    some.Ask(effort.Slice);
            }
            for (int round = 0; round < effort.Rounds; round++)
            {
                for (int i = 0; i < sites.Count; i++)
                {
                    int next = (i + round) % sites.Count;
                    generation._slices[sites[next].Instruments].Add(customers[next].Ask(effort.Slice));
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

    public double Median(Instruments instruments, Func<Slice, double> figure) => Middle(_slices[instruments].Select(figure));

    /// <summary>By how much a figure is greater than without instruments: 0.01 is 1 %.</summary>
    public double Added(Instruments instruments, Func<Slice, double> figure) =>
        Middle(_slices[instruments].Zip(_slices[Instruments.None], (with, without) => figure(with) / figure(without))) - 1;

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

namespace PerfKit.Instrumentation;

/// <summary>How much of a core each stretch of measured work kept busy.</summary>
/// <remarks>
/// Of a record whose CPU time was measured, the part of its own time in which it could run: on a CPU or queued for one,
/// compiling, loading assemblies; blocked and awaiting time wants no core. It is above 1 where several threads worked for it,
/// and where garbage was collected: that keeps every core from the others. Of any other work all of it is taken to be CPU
/// time, except that what ran at the same time cannot have used more than the cores there were: the unmeasured stretches share
/// evenly what the measured ones left. Stretches of one record that lie on top of each other (it started several others
/// meanwhile) are one piece of work told several times, so each carries its part only.
/// </remarks>
internal static class CpuDemand
{
    /// <summary>Finds the demand of the work that leads to each event, in cores, up to all there were.</summary>
    /// <param name="graph">The measured start-up.</param>
    /// <param name="processors">Cores that there were when it was measured.</param>
    /// <param name="measuredShare">The part of all work of which the CPU time was measured.</param>
    /// <returns>A demand for each event of the graph.</returns>
    public static double[] Of(StartupGraph graph, double processors, out double measuredShare)
    {
        List<Stretch> stretches = Stretches(graph);
        double?[] measured = graph.Records.Select(record => RunnableShare(record, processors)).ToArray();
        double? Known(int owner) => owner == StartupGraph.Root ? null : measured[owner];

        double[] spread = Spread(stretches, graph.Records.Count);
        var left = new CoresLeft(stretches, Known, processors);
        var demand = new double[graph.RootEnd + 1];
        double all = 0, known = 0;
        foreach (Stretch stretch in stretches)
        {
            double length = stretch.End - stretch.Begin;
            double part = spread[stretch.Owner + 1];
            all += length * part;
            known += Known(stretch.Owner) is null ? 0 : length * part * ToldApart(graph.Records[stretch.Owner]);
            demand[stretch.Event] = Math.Clamp((Known(stretch.Owner) ?? left.Mean(stretch.Begin, stretch.End)) * part, 0, processors);
        }
        measuredShare = all > 0 ? known / all : 0;
        return demand;
    }

    // What no part accounts for is taken to have run. A collection's pause stops all threads, as if it ran on every core.
    private static double? RunnableShare(StartupRecord record, double processors) => record.Self is { Cpu: { } cpu, Wall: var wall } self && wall > TimeSpan.Zero
        ? (cpu + Of(self.Jit) + Of(self.AssemblyLoading) + (Of(self.GcPause) * processors) + Of(self.QueuedForCpu) + self.Unknown) / wall
        : null;

    private static double ToldApart(StartupRecord record) => record.Self is { } self && self.Wall > TimeSpan.Zero
        ? Math.Clamp(1 - (self.Unknown / self.Wall), 0, 1)
        : 0;

    private static TimeSpan Of(TimeSpan? part) => part ?? TimeSpan.Zero;

    private static List<Stretch> Stretches(StartupGraph graph)
    {
        var stretches = new List<Stretch>();
        for (int happening = 0; happening <= graph.RootEnd; happening++)
        {
            foreach (StartupGraph.Edge edge in graph.Into(happening))
            {
                if (!edge.IsBinding || edge.Work <= TimeSpan.Zero)
                    continue;
                double end = graph.TimeOf(happening).Ticks;
                stretches.Add(new Stretch(happening, edge.Owner, end - edge.Work.Ticks, end));
            }
        }
        stretches.Sort(static (left, right) => left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin) : left.Event.CompareTo(right.Event));
        return stretches;
    }

    // For each owner, the time its stretches cover over the sum of their lengths.
    private static double[] Spread(List<Stretch> stretches, int records)
    {
        var covered = new double[records + 1];
        var sum = new double[records + 1];
        var until = new double[records + 1];
        foreach (Stretch stretch in stretches)
        {
            int owner = stretch.Owner + 1;
            sum[owner] += stretch.End - stretch.Begin;
            covered[owner] += Math.Max(0, stretch.End - Math.Max(stretch.Begin, until[owner]));
            until[owner] = Math.Max(until[owner], stretch.End);
        }
        for (int owner = 0; owner < covered.Length; owner++)
            covered[owner] = sum[owner] > 0 ? covered[owner] / sum[owner] : 1;
        return covered;
    }

    /// <summary>A stretch of work that led to an event, in ticks.</summary>
    private readonly record struct Stretch(int Event, int Owner, double Begin, double End);

    /// <summary>What each unmeasured owner can have had of a core at any time (at most one), added up over time.</summary>
    private sealed class CoresLeft
    {
        private readonly List<double> _times = [];
        private readonly List<double> _sums = [];

        public CoresLeft(List<Stretch> stretches, Func<int, double?> known, double processors)
        {
            (double Time, int Change, int Owner)[] changes = stretches
                .SelectMany(stretch => new[] { (stretch.Begin, 1, stretch.Owner), (stretch.End, -1, stretch.Owner) })
                .OrderBy(change => change.Item1).ToArray();
            var running = new Dictionary<int, int>();
            double sum = 0, used = 0;
            int unmeasured = 0;
            foreach ((double time, int change, int owner) in changes)
            {
                if (_times.Count == 0 || time > _times[^1])
                {
                    if (_times.Count > 0 && unmeasured > 0)
                        sum += (time - _times[^1]) * Math.Clamp((processors - used) / unmeasured, 0, 1);
                    _times.Add(time);
                    _sums.Add(sum);
                }
                int before = running.GetValueOrDefault(owner), now = running[owner] = before + change;
                if (Math.Min(before, 1) == Math.Min(now, 1))
                    continue;
                if (known(owner) is double share)
                    used += change * share;
                else
                    unmeasured += change;
            }
        }

        public double Mean(double begin, double end) => (SumAt(end) - SumAt(begin)) / (end - begin);

        // Every beginning and every end is one of the times.
        private double SumAt(double time) => _sums[_times.BinarySearch(time)];
    }
}

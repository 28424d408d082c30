namespace PerfKit.Instrumentation;

/// <summary>
/// Replays a start-up under changes: every event happens as soon as what it came after has happened and the work between
/// is done. Thread-safe.
/// </summary>
/// <remarks>
/// The replay keeps the order that was measured, except where services are to start together. Work takes as long as it was
/// measured to, or longer where more of it wants the CPU at one time than there are cores; what it wins when less of it
/// competes is left out. The page docs/startup-what-if.md tells the model and its limits.
/// </remarks>
public sealed class StartupWhatIf
{
    private readonly StartupGraph _graph;
    private readonly double[] _demand;
    private readonly double _measuredShare;
    private readonly TimeSpan _runtimesOwn;

    /// <summary>Prepares to replay a start-up.</summary>
    /// <param name="snapshot">The records.</param>
    /// <param name="processors">Cores that the process could use when it was measured; those of this process when <c>null</c>. Above 0, up to 4,096.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="processors"/> is outside its range.</exception>
    public StartupWhatIf(StartupSnapshot snapshot, double? processors = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Processors = Checked(processors ?? Environment.ProcessorCount, nameof(processors));
        _graph = new StartupGraph(snapshot);
        _demand = CpuDemand.Of(_graph, Processors, out _measuredShare);
        Candidates = ServiceLevel.Of(_graph);
        _runtimesOwn = RuntimesOwn(snapshot);
        CoresForServices = CoresBeside(_graph.Total);
    }

    /// <summary>Cores that work may use in predictions that give no number of their own.</summary>
    public double Processors { get; }

    /// <summary>
    /// What was left of <see cref="Processors"/> beside the CPU time that no scope used when it was measured: the runtime's own
    /// threads compile and collect beside whatever starts, and do so again. At least half of the cores.
    /// </summary>
    public double CoresForServices { get; }

    /// <summary>
    /// The services that could be started together unless they need each other, in order of first beginning: those of the
    /// outermost level, or inside the scope that most of start-up is wrapped in. What is nested in a service are its steps,
    /// of which order must be assumed to matter.
    /// </summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>What if all of these changes were made?</summary>
    /// <param name="changes">The changes; none predicts what was measured.</param>
    /// <param name="cores">
    /// Cores that work started together shares, above 0, up to 4,096. When <c>null</c>, <see cref="CoresForServices"/>, or fewer as
    /// start-up gets shorter: the runtime's own threads then do the same in less time.
    /// </param>
    /// <returns>One prediction for the set.</returns>
    /// <exception cref="ArgumentException">One of the changes is <c>null</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cores"/> is outside its range.</exception>
    public StartupPrediction Predict(IReadOnlyCollection<StartupChange> changes, double? cores = null)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Contains(null!))
            throw new ArgumentException("One of the changes is null.", nameof(changes));
        double limit = Checked(cores ?? CoresForServices, nameof(cores));
        var plan = new StartupPlan(_graph, changes);
        TimeSpan Replay() => new StartupReplay(_graph, plan, _demand).Run(plan.StartsTogether ? limit : double.MaxValue);
        // What only moves work away or shortens it runs nothing together that did not run together when it was measured.
        TimeSpan total = Replay();
        if (plan.StartsTogether && cores is null && CoresBeside(total) is var left && left < limit)
        {
            // Once: a third replay would change next to nothing.
            limit = left;
            total = Replay();
        }
        return new StartupPrediction
        {
            Total = total,
            Saving = _graph.Total - total,
            Cores = plan.StartsTogether ? limit : null,
            MeasuredShare = _measuredShare,
            NeededBeforeReady = plan.NeededBeforeReady,
        };
    }

    /// <summary>What if services, with all that is nested in them, started after the application is ready?</summary>
    /// <param name="services">Their names; unknown ones change nothing.</param>
    /// <returns>The prediction.</returns>
    public StartupPrediction Defer(params IReadOnlyCollection<string> services) => Predict([StartupChange.Defer(services)]);

    /// <summary>What if services started where they did, but nothing waited for them except what needs them?</summary>
    /// <param name="services">Their names; unknown ones change nothing.</param>
    /// <returns>The prediction.</returns>
    public StartupPrediction Background(params IReadOnlyCollection<string> services) => Predict([StartupChange.Background(services)]);

    /// <summary>What if services that ran one after the other started together, as far as they do not need each other?</summary>
    /// <param name="services">Their names; <see cref="Candidates"/> when <c>null</c>.</param>
    /// <param name="cores">Cores that they share, above 0, up to 4,096; as in <see cref="Predict"/> when <c>null</c>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cores"/> is outside its range.</exception>
    public StartupPrediction Parallel(IReadOnlyCollection<string>? services = null, double? cores = null) =>
        Predict([StartupChange.Parallel(services ?? Candidates)], cores);

    /// <summary>What if a service's own work took less time?</summary>
    /// <param name="service">Its name; an unknown one changes nothing.</param>
    /// <param name="percent">How much less, from 0 to 100.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is outside its range.</exception>
    public StartupPrediction Speed(string service, double percent) => Predict([StartupChange.Speed(service, percent)]);

    private double CoresBeside(TimeSpan total) => total > TimeSpan.Zero ? Math.Max(Processors - (_runtimesOwn / total), Processors / 2) : Processors;

    // Records that ran to ready at most, so that what they used is in the process's time too.
    private static TimeSpan RuntimesOwn(StartupSnapshot snapshot)
    {
        if (snapshot.ProcessCpu is not { } all)
            return TimeSpan.Zero;
        TimeSpan told = TimeSpan.Zero;
        foreach (StartupRecord record in snapshot.Records)
        {
            if (!record.IsAfterReady && record.Self is { } self)
                told += (self.Cpu ?? TimeSpan.Zero) + (self.Jit ?? TimeSpan.Zero) + (self.AssemblyLoading ?? TimeSpan.Zero) + (self.GcPause ?? TimeSpan.Zero);
        }
        return all > told ? all - told : TimeSpan.Zero;
    }

    private static double Checked(double cores, string name) => cores is > 0 and <= 4_096
        ? cores
        : throw new ArgumentOutOfRangeException(name, cores, "Allowed: above 0, up to 4096.");
}

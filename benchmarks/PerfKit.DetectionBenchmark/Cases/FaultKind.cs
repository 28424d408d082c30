namespace PerfKit.DetectionBenchmark;

/// <summary>One kind of fault with its variations: three that are always the same, and two that a seed draws.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Known">The ones that are always the same.</param>
/// <param name="Draw">Makes one from random numbers, with parameters as far apart as the kind goes.</param>
internal sealed record FaultKind(string Name, IReadOnlyList<Fault> Known, Func<Random, Fault> Draw)
{
    private const int Drawn = 2;

    /// <summary>Part of the smaller runs: the first variation.</summary>
    public CaseSelection Selection { get; init; } = CaseSelection.SelfTest;

    /// <summary>Two services have the fault, and each is the other's trouble.</summary>
    public bool IsDoubled { get; init; }

    /// <summary>The fault needs a CPU quota, which few processes may set for themselves.</summary>
    public bool NeedsControlGroup { get; init; }

    public IEnumerable<Case> Cases(int seed)
    {
        if (NeedsControlGroup && !ControlGroup.IsPossible)
            return [];
        var random = new Random(Drawing.SeedOf(seed, Name));
        IEnumerable<Fault> faults = Known.Concat(Enumerable.Range(0, Drawn).Select(_ => Draw(random)));
        return faults.Select((fault, i) => new Case(
            $"{Name}/{i + 1}",
            CaseGroup.Fault,
            // Two healthy services beside it make the naming of a service a question.
            Names.Spread(random, [fault, .. IsDoubled ? [fault] : Array.Empty<Fault>(), new Requests(random.Next(20, 80)), new OwnThreads(random.Next(1, 4))]),
            i >= Known.Count)
        {
            Selection = i == 0 ? Selection : CaseSelection.None,
            IsFixable = i == 0,
        });
    }
}

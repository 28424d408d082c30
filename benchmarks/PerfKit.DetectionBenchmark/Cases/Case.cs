using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What a case shows.</summary>
internal enum CaseGroup
{
    Fault,
    Mixture,
    Control,
}

/// <summary>One program to be audited, and the truth about it.</summary>
/// <param name="Name">Kind and variation; only the benchmark knows it.</param>
/// <param name="Group">What it shows.</param>
/// <param name="Workloads">Its services.</param>
/// <param name="IsHeldBack">Its parameters come from the seed.</param>
internal sealed record Case(string Name, CaseGroup Group, IReadOnlyList<Workload> Workloads, bool IsHeldBack)
{
    // A verdict on growth takes long and little CPU: such cases run beside the others.
    private static readonly TimeSpan LongAudit = TimeSpan.FromSeconds(20);

    /// <summary>Part of <c>--short</c> and of <c>--self-test</c>.</summary>
    public CaseSelection Selection { get; init; }

    /// <summary>Part of <c>--fix</c>: the kind's first variation, where there is a recommendation to follow.</summary>
    public bool IsFixable { get; init; }

    public IEnumerable<Fault> Faults => Workloads.OfType<Fault>();

    public IReadOnlyList<BottleneckType> Injected => [.. Faults.SelectMany(fault => fault.Injected).Distinct()];

    public IReadOnlyList<BottleneckType> Accompanying => [.. Faults.SelectMany(fault => fault.Accompanying).Except(Injected).Distinct()];

    public TimeSpan Audit => Workloads.Max(workload => workload.Audit);

    public bool IsLong => Audit >= LongAudit;

    /// <summary>The names that a finding of a type may carry: of the services with a fault of that type, or that it accompanies.</summary>
    public IReadOnlyList<string> CulpritsOf(BottleneckType type) =>
        [.. Faults.Where(fault => fault.Injected.Contains(type) || fault.Accompanying.Contains(type)).SelectMany(fault => fault.Culprits)];

    /// <summary>The same program after its services followed the recommendations.</summary>
    public Case Fixed() => this with { Workloads = [.. Workloads.Select(workload => workload is Fault fault ? fault with { IsFixed = true } : workload)] };
}

/// <summary>The smaller runs that a case takes part in.</summary>
internal enum CaseSelection
{
    None,

    /// <summary>What a user runs to check the verdicts on a machine.</summary>
    SelfTest,

    /// <summary>What a build runs, and a part of the self-test.</summary>
    Short,
}

using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A bottleneck that was found, as a root or as another's consequence.</summary>
internal sealed record Finding(BottleneckType Type, string Service, Severity Severity, double Impact, bool IsRoot, string Description);

/// <summary>What a recommendation foretold, of the root it answers.</summary>
internal sealed record Prediction(BottleneckType Type, string Service, string Title, double AtLeast, double AtMost, string Measure);

/// <summary>What a child saw: the line that it writes.</summary>
internal sealed record ChildResult
{
    public IReadOnlyList<Finding> Found { get; init; } = [];

    public IReadOnlyList<Prediction> Predictions { get; init; } = [];

    /// <summary>How long the shortest audit took that found a type, in seconds.</summary>
    public IReadOnlyDictionary<BottleneckType, double> SecondsToFind { get; init; } = new Dictionary<BottleneckType, double>();

    /// <summary>The figure that a type is about, whether or not it is past its limit.</summary>
    public IReadOnlyDictionary<BottleneckType, double> Figures { get; init; } = new Dictionary<BottleneckType, double>();

    /// <summary>What each rule said about what it saw.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>();

    public double StartSeconds { get; init; }

    public double AuditSeconds { get; init; }

    /// <summary>Cores that the program used while it was audited, by the runtime's clock.</summary>
    public double Cores { get; init; }

    /// <summary>What a machine's load did to the run: the median of its CPU use in percent.</summary>
    public double? MachineCpuPercent { get; init; }

    public IReadOnlyList<string> Failures { get; init; } = [];
}

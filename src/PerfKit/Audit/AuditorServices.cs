using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit;

/// <summary>What an auditor is given to work with, by a container or by its own constructor.</summary>
internal sealed record AuditorServices
{
    public ILogger Logger { get; init; } = NullLogger.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public StartupTracker Tracker { get; init; } = StartupTracker.Default;

    public ResourceSampler? Sampler { get; init; }

    public IPerformanceStore? Store { get; init; }

    public IMeterFactory? MeterFactory { get; init; }

    public string? HostApplicationName { get; init; }

    public IReadOnlyCollection<string> HostedServices { get; init; } = [];

    public OptionsReload? Reload { get; init; }

    public IEnumerable<IBottleneckDetector> Detectors { get; init; } = [];

    public IEnumerable<IRecommendationRule> RecommendationRules { get; init; } = [];
}

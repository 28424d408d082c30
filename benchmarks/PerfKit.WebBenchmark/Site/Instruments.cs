namespace PerfKit.WebBenchmark;

/// <summary>What watches a site.</summary>
internal enum Instruments
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing either: a second such process tells how far two that are the same come out apart.</summary>
    NoneAgain,

    /// <summary>PerfKit with its defaults: a meter and a service context for each request, the sampler.</summary>
    PerfKit,

    /// <summary>The OpenTelemetry SDK: a span and a histogram for each request.</summary>
    OpenTelemetry,
}

namespace PerfKit.WebBenchmark;

/// <summary>What one site did in one slice of time.</summary>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="P99">Microseconds that 99 % of them took no longer than, as the customers saw it.</param>
/// <param name="Cpu">Microseconds of the site's CPU time for each.</param>
/// <param name="Busy">The part of its core that the site used.</param>
internal sealed record Slice(double PerSecond, double P99, double Cpu, double Busy);

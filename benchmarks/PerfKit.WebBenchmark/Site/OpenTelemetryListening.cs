using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace PerfKit.WebBenchmark;

/// <summary>
/// The OpenTelemetry SDK with what ASP.NET Core offers it: spans of all requests, handed in batches to an exporter that drops them, and
/// the meters that its ASP.NET Core instrumentation listens to. What is left out of its cost: sending.
/// </summary>
internal static class OpenTelemetryListening
{
    public static void Begin()
    {
        Sdk.CreateTracerProviderBuilder()
            .AddSource("Microsoft.AspNetCore")
            .AddProcessor(new BatchActivityExportProcessor(new Dropping<Activity>()))
            .Build();
        Sdk.CreateMeterProviderBuilder()
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics")
            .AddReader(new PeriodicExportingMetricReader(new Dropping<Metric>(), exportIntervalMilliseconds: 1_000))
            .Build();
    }

    private sealed class Dropping<T> : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (T _ in batch)
            {
            }
            return ExportResult.Success;
        }
    }
}

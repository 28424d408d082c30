using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace PerfKit.OverheadBenchmark;

/// <summary>The OpenTelemetry SDK with its default histogram of 15 explicit bounds; it is never asked to export while it is measured.</summary>
internal static class OpenTelemetryListening
{
    public const string MeterName = "PerfKit.OverheadBenchmark.OpenTelemetry";

    public static IDisposable Begin() => Sdk.CreateMeterProviderBuilder()
        .AddMeter(MeterName)
        .AddReader(new BaseExportingMetricReader(new NoExport()))
        .Build();

    private sealed class NoExport : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}

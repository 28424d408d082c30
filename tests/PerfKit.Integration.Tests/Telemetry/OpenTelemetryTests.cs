using System.Diagnostics;
using System.Collections.Concurrent;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace PerfKit.Integration.Tests;

public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task A_started_hosts_records_reach_an_OpenTelemetry_processor()
    {
        using var exported = new Kept();
        using TracerProvider? provider = Sdk.CreateTracerProviderBuilder().AddSource("PerfKit").AddProcessor(exported).Build();
        string application = $"shop {Guid.NewGuid():N}";
        await using ShopHost host = await ShopHost.StartAsync(options =>
        {
            options.ApplicationName = application;
            options.ExportStartupActivities = true;
        });

        StartupReport report = await host.Auditor.AuditStartupPerformanceAsync();
        await host.StopAsync(TimeSpan.FromSeconds(30)); // the host's own audit, which may have been the one to export, has ended

        Activity whole = exported.Spans.Single(span => Equals(span.GetTagItem("perfkit.application"), application));
        Activity web = exported.Spans.Single(span => span.OperationName == "web" && span.TraceId == whole.TraceId);
        Assert.Equal(whole.SpanId, web.ParentSpanId);
        Assert.Equal(report.TotalStartupTime, whole.Duration);
        Assert.True(web.StartTimeUtc < DateTime.UtcNow && web.Duration > TimeSpan.Zero);
        Assert.True(web.Recorded);
        Assert.Equal("essential", web.GetTagItem("perfkit.service.type"));
    }

    private sealed class Kept : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Spans { get; } = new();

        public override void OnEnd(Activity data) => Spans.Enqueue(data);
    }
}

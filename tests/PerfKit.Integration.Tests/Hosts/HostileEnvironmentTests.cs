using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PerfKit.Analysis;

namespace PerfKit.Integration.Tests;

/// <summary>Whatever fails around PerfKit, the host starts, serves and stops, and an audit says what is missing.</summary>
public sealed class HostileEnvironmentTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\0\xff\xfe rubbish ) ( 99999999999999999999 -1\ncpu cpu cpu\nrchar: wchar: :::\n")]
    public async Task A_host_whose_readers_all_fail_starts_serves_and_stops(string? content)
    {
        using Sampling.ResourceSampler sampler = HostileFiles.Sampler(content is null ? null : Encoding.Latin1.GetBytes(content));
        await using ShopHost host = await ShopHost.StartAsync(services: services => services.AddSingleton(sampler));

        Assert.Equal("open", await host.AskAsync());
        RuntimeReport report = await host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(200));

        Assert.NotEmpty(report.Samples);
        Assert.All(report.Samples, sample => Assert.Null(sample.WorkingSetBytes));
        Assert.All(report.Samples, sample => Assert.Null(sample.IoReadBytes));
        Assert.Contains(report.UnavailableFigures, figure => figure.Reason.Contains("this reader is broken", StringComparison.Ordinal));
        Assert.True(report.UnavailableFigures.Count > 1);
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/proc/perfkit/audit.log")]
    public async Task A_host_whose_audit_log_cannot_be_written_starts_serves_and_stops(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using ShopHost host = await ShopHost.StartAsync(options => options.AuditLogPath = path);

        Assert.Equal("open", await host.AskAsync());
        RuntimeReport report = await host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(100));

        Assert.NotEmpty(report.Samples);
        Assert.Equal("open", await host.AskAsync());
    }

    [Fact]
    public async Task A_host_whose_clock_jumps_starts_serves_and_stops()
    {
        await using ShopHost host = await ShopHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(new JumpingClock()));

        Assert.Equal("open", await host.AskAsync());
        for (int i = 0; i < 5; i++)
        {
            RuntimeReport report = await host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(200));
            Assert.All(report.Samples, sample => Assert.True(sample.CpuCores is null or (>= 0 and < 1_000), $"{sample.CpuCores}"));
            Assert.All(report.Samples, sample => Assert.True(sample.Interval is null || sample.Interval >= TimeSpan.Zero));
        }
        await host.Auditor.IdentifyBottlenecksAsync();
        Assert.Equal("open", await host.AskAsync());
    }

    [Fact]
    public async Task A_host_whose_own_detector_and_listener_throw_starts_serves_and_stops()
    {
        await using ShopHost host = await ShopHost.StartAsync(services: services => services.AddSingleton<IBottleneckDetector, Faulty>());
        host.Auditor.Sampler.Sampled += _ => throw new InvalidOperationException("listener");

        Assert.Equal("open", await host.AskAsync());
        RuntimeReport report = await host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(150));

        Assert.Contains("detector", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.True(report.Samples.Count > 1);
        Assert.True(host.Auditor.Sampler.FailedHandlers > 0);
    }

    [Fact]
    public async Task A_host_whose_detector_hangs_stops_within_its_patience()
    {
        using var release = new ManualResetEventSlim();
        await using (ShopHost host = await ShopHost.StartAsync(services: services => services.AddSingleton<IBottleneckDetector>(new Hanging(release))))
        {
            Assert.Equal("open", await host.AskAsync());
            await host.StopAsync(TimeSpan.FromMilliseconds(200)); // the audit at start still hangs
        }
        release.Set();
    }

    [Fact]
    public async Task A_host_with_options_that_are_not_valid_is_refused_with_every_mistake()
    {
        Exception refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ShopHost.StartAsync(options =>
        {
            options.SamplingInterval = TimeSpan.Zero;
            options.Thresholds.CpuPercent = -1;
        }));

        Assert.Contains("SamplingInterval is 00:00:00", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Thresholds.CpuPercent is -1", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Hanging(ManualResetEventSlim release) : IBottleneckDetector
    {
        public RuleId Rule => new(9003);

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds)
        {
            release.Wait(TimeSpan.FromMinutes(1));
            return [];
        }

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }

    private sealed class Faulty : IBottleneckDetector
    {
        public RuleId Rule => new(9001);

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) =>
            throw new InvalidOperationException("detector");

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }
}

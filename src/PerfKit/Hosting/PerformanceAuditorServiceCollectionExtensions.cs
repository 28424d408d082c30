using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PerfKit;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers PerfKit's auditor.</summary>
public static class PerformanceAuditorServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IPerformanceAuditor"/>. Under a host it samples while the host runs, marks the end of start-up
    /// and logs what made it slow. Calling it again adds to the options only.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <returns>A builder for more.</returns>
    public static PerformanceAuditorBuilder AddPerformanceAuditor(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<PerformanceAuditorOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PerformanceAuditorOptions>, PerformanceAuditorOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(StartupTracker.Default);
        services.TryAddSingleton(StartupTracking.Of(services));
        HostEvents.Listen();
        services.TryAddSingleton(provider => Create(provider, services));
        services.TryAddSingleton<IPerformanceAuditor>(provider => provider.GetRequiredService<PerformanceAuditor>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditorHostedService>(Host));
        return new PerformanceAuditorBuilder(services);
    }

    /// <summary>Registers <see cref="IPerformanceAuditor"/> with options set in code.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder for more.</returns>
    public static PerformanceAuditorBuilder AddPerformanceAuditor(
        this IServiceCollection services, Action<PerformanceAuditorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        PerformanceAuditorBuilder builder = services.AddPerformanceAuditor();
        services.Configure(configure);
        return builder;
    }

    /// <summary>Registers <see cref="IPerformanceAuditor"/> with options from configuration.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="section">A section such as <c>configuration.GetSection("PerfKit")</c>. Unknown keys are refused at start. When it is reloaded, thresholds follow.</param>
    /// <returns>A builder for more.</returns>
    public static PerformanceAuditorBuilder AddPerformanceAuditor(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        PerformanceAuditorBuilder builder = services.AddPerformanceAuditor();
        services.AddSingleton<IConfigureOptions<PerformanceAuditorOptions>>(new OptionsConfiguration(section));
        return builder;
    }

    private static AuditorHostedService Host(IServiceProvider provider) => new(
        provider.GetRequiredService<PerformanceAuditor>(),
        provider.GetRequiredService<StartupTracking>(),
        provider.GetService<PerformanceMonitor>(),
        provider.GetService<IHostApplicationLifetime>(),
        provider.GetService<DiagnosticListener>(),
        provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance);

    private static PerformanceAuditor Create(IServiceProvider provider, IServiceCollection registrations)
    {
        ILogger logger = QuietLogger.Of(provider.GetService<ILoggerFactory>());
        return new(provider.GetRequiredService<IOptions<PerformanceAuditorOptions>>().Value, new AuditorServices
        {
            Logger = logger,
            Time = provider.GetRequiredService<TimeProvider>(),
            Tracker = provider.GetRequiredService<StartupTracker>(),
            Sampler = provider.GetService<PerfKit.Sampling.ResourceSampler>(),
            Store = provider.GetService<IPerformanceStore>(),
            MeterFactory = provider.GetService<IMeterFactory>(),
            HostApplicationName = provider.GetService<IHostEnvironment>()?.ApplicationName,
            HostedServices = new HostedServiceNames(registrations),
            Detectors = provider.GetServices<IBottleneckDetector>(),
            RecommendationRules = provider.GetServices<IRecommendationRule>(),
            Reload = new OptionsReload(
                provider.GetRequiredService<IOptionsFactory<PerformanceAuditorOptions>>(),
                provider.GetServices<IConfigureOptions<PerformanceAuditorOptions>>(), logger),
        });
    }
}

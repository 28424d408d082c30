using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Storage;

namespace PerfKit;

/// <summary>Adds to a registered auditor.</summary>
public sealed class PerformanceAuditorBuilder
{
    internal PerformanceAuditorBuilder(IServiceCollection services) => Services = services;

    /// <summary>The collection that the auditor is registered in.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a detector of your own; it takes part in every audit.</summary>
    /// <typeparam name="TDetector">The detector, made by the container once.</typeparam>
    /// <returns>This builder.</returns>
    public PerformanceAuditorBuilder AddDetector<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)]
        TDetector>()
        where TDetector : class, IBottleneckDetector
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IBottleneckDetector, TDetector>());
        return this;
    }

    /// <summary>Adds a recommendation rule of your own; it advises in every audit, beside the detectors.</summary>
    /// <typeparam name="TRule">The rule, made by the container once.</typeparam>
    /// <returns>This builder.</returns>
    public PerformanceAuditorBuilder AddRecommendationRule<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)]
        TRule>()
        where TRule : class, IRecommendationRule
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRecommendationRule, TRule>());
        return this;
    }

    /// <summary>
    /// Times <c>StartingAsync</c>, <c>StartAsync</c> and <c>StartedAsync</c> of every hosted service, also of those registered
    /// later, as start-up scopes named after the service's type. Calling it again replaces <paramref name="type"/>.
    /// </summary>
    /// <param name="type">How much the application needs a hosted service; essential when <c>null</c>. What it throws counts as essential.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Takes effect when the host is built; where no host is built, or with <c>HostBuilder</c>, call <see cref="ApplyTracking"/>.
    /// Only the host sees the stand-ins that are timed; the application's own code gets the services themselves.
    /// </remarks>
    public PerformanceAuditorBuilder TrackHostedServices(Func<Type, ServiceType>? type = null)
    {
        StartupTracking.Of(Services).HostedServiceType = type ?? Essential;
        return this;
    }

    /// <summary>
    /// Times the construction of every singleton that the container builds, also of those registered later, and records which
    /// other singletons its constructor takes. Calling it again replaces <paramref name="type"/>.
    /// </summary>
    /// <param name="type">
    /// How much the application needs a singleton of an implementation type. When <c>null</c>, a hosted service counts as what
    /// <see cref="TrackHostedServices"/> was told of it, and everything else as essential. What it throws counts as essential.
    /// </param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Takes effect when the host is built; where no host is built, or with <c>HostBuilder</c>, call <see cref="ApplyTracking"/>.
    /// Made for the container of <c>Microsoft.Extensions.DependencyInjection</c>; under a host, another one is left alone.
    /// </remarks>
    public PerformanceAuditorBuilder TrackSingletons(Func<Type, ServiceType>? type = null)
    {
        StartupTracking tracking = StartupTracking.Of(Services);
        // A hosted service is a singleton too, and one essential record makes the service essential.
        tracking.SingletonType = type
            ?? (singleton => typeof(IHostedService).IsAssignableFrom(singleton) && tracking.HostedServiceType is { } hosted ? hosted(singleton) : ServiceType.Essential);
        return this;
    }

    /// <summary>
    /// Puts tracking into effect now, for what is registered now: the last call before <c>BuildServiceProvider()</c>. A host
    /// makes it by itself. Further calls change nothing. It never throws: what fails leaves the collection as it was, and is logged.
    /// </summary>
    /// <returns>This builder.</returns>
    public PerformanceAuditorBuilder ApplyTracking()
    {
        StartupTracking.Of(Services).Apply(Services);
        return this;
    }

    /// <summary>Keeps finished audits in a file, one JSON object a line, so that the next start is compared with the last.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public PerformanceAuditorBuilder AddJsonLinesStore(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.TryAddSingleton<IPerformanceStore>(_ => new JsonLinesStore(path));
        return this;
    }

    /// <summary>
    /// Watches while the host runs: alerts with duration and cool-down, means of 1, 5 and 15 minutes. The container then has a
    /// <see cref="PerformanceMonitor"/>. Calling it again adds to the options only.
    /// </summary>
    /// <param name="configure">Sets rules, handlers and figures; <c>null</c> for the defaults.</param>
    /// <returns>This builder.</returns>
    /// <remarks>Without <see cref="PerformanceAuditorOptions.DiskPaths"/> the disk that the application lies on is watched.</remarks>
    public PerformanceAuditorBuilder AddMonitoring(Action<MonitoringOptions>? configure = null)
    {
        if (configure is not null)
            Services.Configure<PerformanceAuditorOptions>(options => configure(options.Monitoring));
        Services.PostConfigure<PerformanceAuditorOptions>(options =>
        {
            if (options.DiskPaths.Count == 0)
                options.DiskPaths.Add(AppContext.BaseDirectory);
        });
        Services.TryAddSingleton(provider => new PerformanceMonitor(
            provider.GetRequiredService<PerformanceAuditor>(), options: null, provider.GetService<ILoggerFactory>()));
        return this;
    }

    private static ServiceType Essential(Type type) => ServiceType.Essential;
}

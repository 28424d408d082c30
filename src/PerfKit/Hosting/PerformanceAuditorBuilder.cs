using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PerfKit.Analysis;
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
}

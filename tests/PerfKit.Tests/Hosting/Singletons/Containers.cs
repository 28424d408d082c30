using Microsoft.Extensions.DependencyInjection;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

/// <summary>Runs the same registrations in a plain container and in a tracked one, and tells what happened in each.</summary>
internal static class Containers
{
    public static void AssertAlike(Action<IServiceCollection> register, Func<ServiceProvider, Journal, IEnumerable<string>> ask, ServiceProviderOptions? options = null)
    {
        string[] plain = Run(register, ask, options, isTracked: false);
        string[] tracked = Run(register, ask, options, isTracked: true);

        Assert.Equal(plain, tracked);
    }

    /// <summary>What is asked as text: what came, or which exception.</summary>
    public static string Try(Func<object?> ask)
    {
        try
        {
            return ask() switch
            {
                null => "null",
                IEnumerable<object> many => $"{many.GetType().Name} [{string.Join(" ", many.Select(one => $"{one.GetType().Name}:{one}"))}]",
                object one => $"{one.GetType().Name}:{one}",
            };
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    private static string[] Run(Action<IServiceCollection> register, Func<ServiceProvider, Journal, IEnumerable<string>> ask, ServiceProviderOptions? options, bool isTracked)
    {
        var journal = new Journal();
        var services = new ServiceCollection();
        services.AddSingleton(journal);
        services.AddSingleton(new StartupTracker());
        PerformanceAuditorBuilder builder = services.AddPerformanceAuditor();
        if (isTracked)
            builder.TrackSingletons().TrackHostedServices();
        register(services);
        builder.ApplyTracking();
        Assert.Equal(isTracked, StartupTracking.Of(services).Original is not null);
        List<string> told = [];
        try
        {
            using ServiceProvider provider = services.BuildServiceProvider(options ?? new ServiceProviderOptions());
            told.AddRange(ask(provider, journal));
        }
        catch (Exception exception)
        {
            told.Add(Describe(exception));
        }
        return [.. told, .. journal.Lines];
    }

    private static string Describe(Exception exception) => exception is AggregateException aggregate
        ? string.Join("; ", aggregate.InnerExceptions.Select(inner => $"{inner.GetType().Name}: {inner.Message}"))
        : $"{exception.GetType().Name}: {exception.Message}";
}

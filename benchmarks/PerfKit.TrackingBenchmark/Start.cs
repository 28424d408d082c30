using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PerfKit.Instrumentation;

namespace PerfKit.TrackingBenchmark;

/// <summary>One start of a container: tracking is put into effect, the container is built, and every service is resolved.</summary>
internal static class Start
{
    public static TimeSpan Time(Type[] types, bool isTracked)
    {
        var tracker = new StartupTracker();
        var services = new ServiceCollection();
        services.AddSingleton(tracker);
        PerformanceAuditorBuilder auditor = services.AddPerformanceAuditor();
        foreach (Type type in types)
            services.AddSingleton(type);
        if (isTracked)
            auditor.TrackSingletons();
        // The tracker's first record reads the process's memory once, whoever begins it.
        using (tracker.Begin("start"))
        {
            Collect();
            long began = Stopwatch.GetTimestamp();
            auditor.ApplyTracking();
            using ServiceProvider provider = services.BuildServiceProvider();
            foreach (Type type in types)
                provider.GetRequiredService(type);
            TimeSpan taken = Stopwatch.GetElapsedTime(began);
            int records = tracker.Snapshot().Records.Count;
            if (records != (isTracked ? types.Length + 1 : 1))
                throw new InvalidOperationException($"{records} records of {types.Length} services.");
            return taken;
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}

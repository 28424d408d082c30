using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>What tracing costs: a listener that asks for all data and adds up the durations.</summary>
internal static class ActivityListening
{
    public const string SourceName = "PerfKit.OverheadBenchmark.Activity";

    private static long _ticks;

    public static IDisposable Begin()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => _ticks += activity.Duration.Ticks,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

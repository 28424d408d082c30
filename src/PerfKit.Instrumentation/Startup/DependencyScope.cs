namespace PerfKit.Instrumentation;

/// <summary>A timed dependency of a start-up scope, as a <c>using</c> block. Thread-safe; never throws.</summary>
public sealed class DependencyScope : IDisposable
{
    private readonly StartupTracker _tracker;
    private readonly DependencyEntry _entry;

    internal DependencyScope(StartupTracker tracker, DependencyEntry entry)
    {
        _tracker = tracker;
        _entry = entry;
    }

    /// <summary>Marks the dependency as failed. It does not end the block.</summary>
    public void Fail() => _tracker.Fail(_entry);

    /// <summary>Ends the block; a second call is ignored.</summary>
    public void Dispose() => _tracker.End(_entry);
}

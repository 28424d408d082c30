using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Marks the first request that a web host is asked, then listens no more.</summary>
internal sealed class FirstRequest : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Start = Request + ".Start";

    private readonly StartupTracker _tracker;
    private readonly IDisposable? _subscription; // a request may come before it is known

    /// <param name="listener">The web host's own listener, so requests of another host are not seen.</param>
    /// <param name="tracker">Where the milestone goes.</param>
    public FirstRequest(DiagnosticListener listener, StartupTracker tracker)
    {
        _tracker = tracker;
        _subscription = listener.Subscribe(this, name => name is Request or Start);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Start)
            return;
        _tracker.Mark(HostMilestones.FirstRequest);
        Dispose();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription?.Dispose();
}

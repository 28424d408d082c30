using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>A part of a wait.</summary>
/// <param name="Kind">What was waited for.</param>
/// <param name="Victim">Id of the service that waited, or a <see cref="WaitParty"/>.</param>
/// <param name="Culprit">Likewise whom for.</param>
/// <param name="Ticks">How long, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
/// <param name="Count">Waits that this adds; 0 for one that goes on.</param>
/// <param name="Longest">The culprit's part of the whole wait so far; <c>null</c> where that is not known.</param>
internal readonly record struct WaitCharge(WaitKind Kind, int Victim, int Culprit, long Ticks, int Count, long? Longest);

/// <summary>Who waits or is waited for and is no service; their ids are below those of services.</summary>
internal static class WaitParty
{
    public const int Unattributed = -1;
    public const int Unknown = -2;
    public const int AllServices = -3;
    public const int QueuedWork = -4;

    public static string NameOf(int id) => id switch
    {
        Unattributed => "(unattributed)",
        Unknown => "(unknown)",
        AllServices => "(all services)",
        QueuedWork => "(queued work)",
        _ => ServiceBook.NameOf(id),
    };
}

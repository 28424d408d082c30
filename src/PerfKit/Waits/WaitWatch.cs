using System.Diagnostics;

namespace PerfKit;

/// <summary>
/// Watches who makes whom wait, as long as somebody asks for it: one session for the whole process, whatever auditors there are. Everybody who
/// observes gets what is seen, whoever asked for the watch. Thread-safe.
/// </summary>
internal sealed class WaitWatch
{
    private readonly Lock _switching = new();
    private readonly Lock _telling = new();              // taken inside _switching, never the other way around
    private readonly List<WaitTally> _tallies = [];      // guarded by _telling
    private int _askers;                                 // guarded by _switching
    private WaitSession? _session;                       // guarded by _switching

    public static WaitWatch Shared { get; } = new();

    /// <summary>Raised for each lock wait with its services, on the thread that hears; the list is used again afterwards.</summary>
    public event Action<BlamedWait>? Blamed;

    /// <summary>Begins to observe.</summary>
    /// <param name="isAsking">Keeps the watch on until the end; else it is seen only what others ask for.</param>
    public WaitObservation Observe(bool isAsking) => new(this, isAsking);

    internal void Add(WaitTally tally, bool isAsking)
    {
        lock (_switching)
        {
            lock (_telling)
                _tallies.Add(tally);
            if (_session is not null)
                tally.Resume(Stopwatch.GetTimestamp(), _session.HearsLocks);
            if (isAsking && _askers++ == 0)
                Switch(new WaitSession(Charge, Tell));
        }
    }

    internal void Remove(WaitTally tally, bool isAsking)
    {
        lock (_switching)
        {
            if (isAsking && --_askers == 0)
                Switch(null);
            lock (_telling)
                _tallies.Remove(tally);
            tally.Pause(Stopwatch.GetTimestamp());
        }
    }

    private void Switch(WaitSession? session)
    {
        _session?.Dispose(); // what it has still to tell comes before the tallies pause
        _session = session;
        long now = Stopwatch.GetTimestamp();
        lock (_telling)
        {
            foreach (WaitTally tally in _tallies)
            {
                if (session is null)
                    tally.Pause(now);
                else
                    tally.Resume(now, session.HearsLocks);
            }
        }
    }

    private void Charge(WaitCharge charge)
    {
        lock (_telling)
        {
            foreach (WaitTally tally in _tallies)
                tally.Add(charge);
        }
    }

    private void Tell(BlamedWait wait)
    {
        lock (_telling)
        {
            foreach (WaitTally tally in _tallies)
                tally.CountLockWait();
        }
        Blamed?.Invoke(wait);
    }
}

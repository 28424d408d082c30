using System.Diagnostics;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>A lock wait with the services in it.</summary>
/// <param name="Victim">Id of the service that waited.</param>
/// <param name="From">When it began to, a raw timestamp.</param>
/// <param name="Until">When it had the lock.</param>
/// <param name="Culprits">Whom it waited for, each with its part in ticks; they add up to the wait.</param>
internal readonly record struct BlamedWait(int Victim, long From, long Until, IReadOnlyList<ServiceShare> Culprits)
{
    public string VictimName => WaitParty.NameOf(Victim);

    /// <summary>Whose part is the largest.</summary>
    public string MainCulprit => WaitParty.NameOf(Culprits.MaxBy(culprit => culprit.Ticks).ServiceId);
}

/// <summary>One time that the watch is on, from its making to <see cref="Dispose"/>: locks by events, the pool and the collector in steps.</summary>
internal sealed class WaitSession : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private const int StepsASecond = 50;

    private readonly Action<WaitCharge> _charge;
    private readonly Action<BlamedWait> _blamed;
    private readonly WaitListener _listener;
    private readonly PoolDelay _pool;
    private readonly AllocatorPauses _allocators;
    private readonly SamplingThread? _thread;
    private readonly List<ServiceShare> _shares = [];   // used under the listener's lock only, as is the next
    private readonly List<ServiceShare> _culprits = [];
    private int _steps;

    public WaitSession(Action<WaitCharge> charge, Action<BlamedWait> blamed)
    {
        (_charge, _blamed) = (charge, blamed);
        _pool = new PoolDelay(charge);
        _allocators = new AllocatorPauses(charge);
        _listener = new WaitListener(Blame);
        ThreadLedger.BeginWatch();
        ContentionListener.Hold();
        _listener.Start();
        try
        {
            _thread = new SamplingThread(Look, Step, TimeProvider.System, new UnavailableFigures());
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException) // the system's limit of threads is reached
        {
            ThreadLedger.CountFault(); // locks are watched all the same
        }
    }

    /// <summary>The runtime tells of its locks.</summary>
    public bool HearsLocks => _listener.IsAble;

    public void Dispose()
    {
        _thread?.Stop();
        _listener.Stop();
        _listener.Dispose();
        _allocators.Step();
        ContentionListener.Release();
        ThreadLedger.EndWatch();
    }

    private void Look()
    {
        using IDisposable own = OwnWork.Begin();
        try
        {
            _pool.Step(Stopwatch.GetTimestamp());
            _listener.StopIfFull();
            if (++_steps % StepsASecond != 0)
                return;
            _listener.Renew();
            _allocators.Step();
        }
        catch (Exception) // a thread of ours that fails would be the host's end
        {
            ThreadLedger.CountFault();
        }
    }

    private void Blame(LockWait wait)
    {
        using IDisposable own = OwnWork.Begin();
        try
        {
            _culprits.Clear();
            foreach (LockHold hold in wait.Holds)
                AddCulprits(hold);
            // The middle of the wait lies inside its slice even where two clocks differ by a little.
            int victim = ThreadLedger.ServiceOf(wait.Thread, wait.From + ((wait.Until - wait.From) / 2));
            foreach (ServiceShare culprit in _culprits)
                _charge(new WaitCharge(WaitKind.Lock, victim < 0 ? WaitParty.Unattributed : victim, culprit.ServiceId, culprit.Ticks, 1, culprit.Ticks));
            _blamed(new BlamedWait(victim, wait.From, wait.Until, _culprits));
        }
        catch (Exception) // on the runtime's thread of events
        {
            ThreadLedger.CountFault();
        }
    }

    private void AddCulprits(LockHold hold)
    {
        if (hold.Thread == 0)
        {
            AddCulprit(WaitParty.Unknown, hold.Ticks);
            return;
        }
        _shares.Clear();
        ThreadLedger.AddServices(hold.Thread, hold.From, hold.Until, _shares);
        long left = hold.Ticks;
        foreach (ServiceShare share in _shares)
        {
            AddCulprit(share.ServiceId, share.Ticks);
            left -= share.Ticks;
        }
        AddCulprit(WaitParty.Unattributed, left);
    }

    private void AddCulprit(int culprit, long ticks)
    {
        if (ticks <= 0)
            return;
        int known = _culprits.FindIndex(share => share.ServiceId == culprit);
        if (known < 0)
            _culprits.Add(new ServiceShare(culprit, ticks));
        else
            _culprits[known] = new ServiceShare(culprit, _culprits[known].Ticks + ticks);
    }
}

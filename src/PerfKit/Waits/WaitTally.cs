using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Adds up charges for one who asked, while the watch is on. Thread-safe. Bounded.</summary>
internal sealed class WaitTally
{
    internal const int MostPairs = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(WaitKind Kind, int Victim, int Culprit), Cell> _cells = []; // guarded by _gate, as is all below
    private long _watched;
    private long _since;
    private long _contentionsBefore;
    private long _contentions;
    private long? _heard;
    private bool _isOn;
    private bool _wasOn;

    /// <summary>The watch begins.</summary>
    /// <param name="now">The raw clock.</param>
    /// <param name="hears">Whether the runtime tells of locks.</param>
    public void Resume(long now, bool hears)
    {
        lock (_gate)
        {
            (_isOn, _wasOn, _since, _contentionsBefore) = (true, true, now, Monitor.LockContentionCount);
            if (hears)
                _heard ??= 0;
        }
    }

    /// <summary>The watch ends.</summary>
    public void Pause(long now)
    {
        lock (_gate)
        {
            if (!_isOn)
                return;
            _isOn = false;
            _watched += now - _since;
            _contentions += Monitor.LockContentionCount - _contentionsBefore;
        }
    }

    public void CountLockWait()
    {
        lock (_gate)
            _heard++;
    }

    public void Add(in WaitCharge charge)
    {
        lock (_gate)
        {
            (WaitKind, int, int) pair = (charge.Kind, charge.Victim, charge.Culprit);
            if (!_cells.TryGetValue(pair, out Cell? cell))
            {
                if (_cells.Count >= MostPairs)
                    pair = (charge.Kind, ServiceBook.Other, ServiceBook.Other);
                if (!_cells.TryGetValue(pair, out cell))
                    _cells[pair] = cell = new Cell();
            }
            cell.Ticks += charge.Ticks;
            cell.Count += charge.Count;
            if (charge.Longest is long longest)
                cell.Longest = Math.Max(cell.Longest ?? 0, longest);
        }
    }

    /// <summary>What was seen so far; <c>null</c> when the watch was never on.</summary>
    public WaitTable? ToTable()
    {
        lock (_gate)
        {
            if (!_wasOn)
                return null;
            return new WaitTable
            {
                Watched = Span(_watched + (_isOn ? Stopwatch.GetTimestamp() - _since : 0)),
                LockWaitsHeard = _heard,
                LockContentions = _contentions + (_isOn ? Monitor.LockContentionCount - _contentionsBefore : 0),
                Blames =
                [
                    .. _cells
                        .Where(cell => cell.Value.Count > 0 && cell.Value.Ticks > 0)
                        .Select(cell => new WaitBlame
                        {
                            Kind = cell.Key.Kind,
                            Victim = WaitParty.NameOf(cell.Key.Victim),
                            Culprit = WaitParty.NameOf(cell.Key.Culprit),
                            Count = cell.Value.Count,
                            Total = Span(cell.Value.Ticks),
                            Longest = cell.Value.Longest is long longest ? Span(longest) : null,
                        })
                        .OrderByDescending(blame => blame.Total)
                        .ThenBy(blame => blame.Victim, StringComparer.Ordinal)
                        .ThenBy(blame => blame.Culprit, StringComparer.Ordinal),
                ],
            };
        }
    }

    private static TimeSpan Span(long ticks) => Stopwatch.GetElapsedTime(0, ticks);

    private sealed class Cell
    {
        public long Count;
        public long Ticks;
        public long? Longest;
    }
}

namespace PerfKit.Instrumentation.Tests;

/// <summary>What a model knows of a scope.</summary>
internal sealed class PlayedScope
{
    /// <summary>CPU, JIT, GC pause, queued and blocked.</summary>
    public readonly long[] Parts = new long[5];

    public long Awaiting;
    public long Idle;
}

/// <summary>
/// Three threads that begin, end, leave and enter scopes as a program of numbers tells them, and work in between. It tells the
/// book what threads tell it, and counts by itself.
/// </summary>
internal sealed class PlayedMachine(bool endsElsewhere)
{
    private const int Threads = 3;

    private readonly List<StartupEntry> _entries = [];
    private readonly StartupEntry?[] _at = new StartupEntry?[Threads];
    private readonly long[][] _slices = [new long[5], new long[5], new long[5]];
    private long _now = 1_000;

    public List<PlayedScope> Scopes { get; } = [];

    public IReadOnlyList<StartupRecord> Run(int[] program)
    {
        Begin(0);
        foreach (int number in program)
        {
            var random = new Random(number);
            Act(random, random.Next(Threads));
            if (random.Next(2) == 0)
                Work(random);
        }
        for (int thread = 0; thread < Threads; thread++)
            Move(thread, _at[thread]);
        var copies = _entries.ConvertAll(entry => entry.CopyFacts());
        for (int i = 0; i < copies.Count; i++)
            StartupBook.ReadAt(_entries[i], copies[i], [], _now);
        return new StartupSnapshotBuilder(new ManualTime(), isMetered: true, _now, ready: null, readyInside: null).Build(copies, []).Records;
    }

    private void Act(Random random, int thread)
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                Begin(thread);
                break;
            case 2:
                End(thread);
                break;
            case 3:
                Move(thread, null);
                break;
            case 4:
                Move(thread, _entries[random.Next(_entries.Count)].Charged);
                break;
            default:
                if (endsElsewhere && _entries[random.Next(_entries.Count)] is { IsEnded: false } entry)
                {
                    Finish(entry);
                    StartupBook.EndAt(entry, isAtWork: false, _now);
                }
                break;
        }
    }

    private void Begin(int thread)
    {
        StartupEntry? around = _at[thread]?.Charged;
        var entry = new StartupEntry($"scope {_entries.Count}", ServiceType.Essential, around, isMetered: true)
        {
            Id = _entries.Count,
            Parent = around,
            Began = _now,
        };
        _entries.Add(entry);
        Scopes.Add(new PlayedScope());
        StartupBook.BeginAt(entry, isCharged: true, _at[thread], _now);
        Charge(thread, entry);
    }

    // Only where nobody else is at work in it, and nothing nested in it is open, unless that may be.
    private void End(int thread)
    {
        if (_at[thread] is not { IsEnded: false } entry)
            return;
        if (!endsElsewhere && (_at.Count(other => other == entry) > 1 || IsOpenInside(entry)))
            return;
        Finish(entry);
        Charge(thread, StartupBook.EndAt(entry, isAtWork: true, _now));
    }

    private void Finish(StartupEntry entry)
    {
        entry.Ended = _now;
        entry.IsEnded = true;
    }

    private void Move(int thread, StartupEntry? to)
    {
        StartupBook.MoveAt(_at[thread], to, _now);
        Charge(thread, to);
    }

    private void Charge(int thread, StartupEntry? to)
    {
        long[] slice = _slices[thread];
        if (_at[thread] is { } from)
            StartupBook.Charge(from, new StartupSlice(slice[0], slice[1], slice[2], slice[3], slice[4], 0, 0, 0), _now);
        Array.Clear(slice);
        _at[thread] = to;
    }

    private void Work(Random random)
    {
        long passed = random.Next(1, 5_000);
        _now += passed;
        for (int thread = 0; thread < Threads; thread++)
        {
            if (_at[thread] is not { } entry)
                continue;
            int kind = random.Next(5);
            _slices[thread][kind] += passed;
            Scopes[entry.Id].Parts[kind] += passed;
        }
        foreach (StartupEntry entry in _entries.Where(entry => !entry.IsEnded))
        {
            bool isBusy = _at.Any(at => IsInside(at, entry));
            if (!isBusy)
                Scopes[entry.Id].Idle += passed;
            if (!_at.Contains(entry) && !IsOpenInside(entry))
                Scopes[entry.Id].Awaiting += passed;
        }
    }

    private bool IsOpenInside(StartupEntry entry) => _entries.Exists(other => other.Around == entry && !other.IsEnded);

    private static bool IsInside(StartupEntry? at, StartupEntry entry)
    {
        while (at is not null && at != entry)
            at = at.Around;
        return at == entry;
    }
}

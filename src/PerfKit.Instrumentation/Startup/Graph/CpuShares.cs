namespace PerfKit.Instrumentation;

/// <summary>
/// Running work that shares cores. Each piece would keep so many cores, or a part of one, busy if it ran alone, and is slowed down when all
/// together want more than there is: by max-min fairness, as a fair scheduler divides (Bertsekas and Gallager, Data
/// Networks, 1992, section 6.5.2), so that what mostly waits is hardly slowed by what mostly computes.
/// </summary>
/// <remarks>
/// Pieces that want no more than the fair level run at full speed and have a fixed end. The others all get that level, so
/// they are ordered by how much level they still need; it adds up once for all of them. A start or an end costs the logarithm
/// of the pieces that run, and the same for each piece that the level passes by.
/// </remarks>
/// <param name="pieces">Pieces are numbered below this.</param>
/// <param name="cores">Cores to share.</param>
internal sealed class CpuShares(int pieces, double cores)
{
    // Rounding must not move pieces back and forth for ever.
    private const double Tolerance = 1e-9;

    private readonly double[] _demand = new double[pieces];
    private readonly double[] _due = new double[pieces]; // a time while free, an amount of level while squeezed
    private readonly State[] _state = new State[pieces];
    private readonly PriorityQueue<int, (double, int)> _freeByDue = new();
    private readonly PriorityQueue<int, (double, int)> _freeByDemand = new(); // the greediest first
    private readonly PriorityQueue<int, (double, int)> _squeezedByDue = new();
    private readonly PriorityQueue<int, (double, int)> _squeezedByDemand = new(); // the most modest first
    private double _freeDemand;
    private int _free;
    private int _squeezed;
    private double _given; // the level added up over time

    private enum State : byte
    {
        None,
        Free,
        Squeezed,
    }

    /// <summary>Time, in the unit of the work that is started.</summary>
    public double Now { get; private set; }

    public bool IsIdle => _free + _squeezed == 0;

    private double Level => Math.Max(cores * Tolerance, cores - _freeDemand) / _squeezed;

    /// <summary>Starts a piece of work now.</summary>
    /// <param name="piece">Its number; not running yet.</param>
    /// <param name="work">How long it takes at full speed; above zero.</param>
    /// <param name="demand">How many cores it then uses; 0 for work that only waits.</param>
    public void Start(int piece, double work, double demand)
    {
        _demand[piece] = demand;
        BeFree(piece, Now + work);
        Balance();
    }

    /// <summary>Lets time go by until a piece of work ends.</summary>
    /// <returns>Its number.</returns>
    public int RunToNextEnd()
    {
        bool hasFree = Peek(_freeByDue, State.Free, _due, 1, out int free);
        bool hasSqueezed = Peek(_squeezedByDue, State.Squeezed, _due, 1, out int squeezed);
        double untilSqueezed = hasSqueezed ? Math.Max(0, _due[squeezed] - _given) / Level : double.PositiveInfinity;
        bool isFree = hasFree && _due[free] <= Now + untilSqueezed;
        int ended = isFree ? free : squeezed;
        double elapsed = isFree ? Math.Max(0, _due[free] - Now) : untilSqueezed;
        if (_squeezed > 0)
            _given += Level * elapsed;
        Now = isFree ? Math.Max(Now, _due[free]) : Now + elapsed;
        Leave(ended);
        Balance();
        return ended;
    }

    private void Balance()
    {
        while (true)
        {
            bool hasFree = Peek(_freeByDemand, State.Free, _demand, -1, out int greediest);
            if (_squeezed == 0 ? _freeDemand > cores * (1 + Tolerance) : hasFree && _demand[greediest] > 0 && _demand[greediest] > Level * (1 + Tolerance))
            {
                double work = _due[greediest] - Now;
                Leave(greediest);
                BeSqueezed(greediest, work);
            }
            else if (Peek(_squeezedByDemand, State.Squeezed, _demand, 1, out int modest) && _demand[modest] <= Level)
            {
                double work = Math.Max(0, _due[modest] - _given) / _demand[modest];
                Leave(modest);
                BeFree(modest, Now + work);
            }
            else
            {
                return;
            }
        }
    }

    private void BeFree(int piece, double end)
    {
        _state[piece] = State.Free;
        _due[piece] = end;
        _free++;
        _freeDemand += _demand[piece];
        _freeByDue.Enqueue(piece, (end, piece));
        _freeByDemand.Enqueue(piece, (-_demand[piece], piece));
    }

    private void BeSqueezed(int piece, double work)
    {
        _state[piece] = State.Squeezed;
        _due[piece] = _given + (work * _demand[piece]);
        _squeezed++;
        _squeezedByDue.Enqueue(piece, (_due[piece], piece));
        _squeezedByDemand.Enqueue(piece, (_demand[piece], piece));
    }

    private void Leave(int piece)
    {
        if (_state[piece] == State.Free)
        {
            _free--;
            // Without the reset, what is left of adding and taking away would stay for good.
            _freeDemand = _free == 0 ? 0 : Math.Max(0, _freeDemand - _demand[piece]);
        }
        else
        {
            _squeezed--;
        }
        _state[piece] = State.None;
    }

    // An entry is stale when its piece has ended, or has changed its state and perhaps come back with another key.
    private bool Peek(PriorityQueue<int, (double Key, int)> queue, State state, double[] keys, int sign, out int piece)
    {
        while (queue.TryPeek(out piece, out (double Key, int) priority))
        {
            if (_state[piece] == state && priority.Key == sign * keys[piece])
                return true;
            queue.Dequeue();
        }
        return false;
    }
}

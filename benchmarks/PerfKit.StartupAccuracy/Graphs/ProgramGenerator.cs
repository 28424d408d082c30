namespace PerfKit.StartupAccuracy;

/// <summary>
/// Makes start-up programs of many shapes: sequences, nested scopes, flows that run together, flows that nobody awaits, and
/// services that need services of other flows (so: chains, diamonds, overlaps). The same seed makes the same program.
/// </summary>
/// <remarks>
/// It leaves out what records of scopes cannot tell apart, whoever reads them: own work of a scope while flows that it
/// started are running; work of a forked flow outside of every scope; a fork directly inside a forked flow; and a scope
/// that declares needs although own work, or a join, before it says already why it began when it did.
/// </remarks>
internal sealed class ProgramGenerator(int seed)
{
    private const int MaxDepth = 4;

    private readonly Random _random = new(seed);
    // What has ended for certain, or will without waiting for anything that comes later in the program.
    private readonly List<string> _providers = [];
    private int _scopes;
    private int _budget;
    private int _aparts;

    public IReadOnlyList<Step> Next()
    {
        _providers.Clear();
        _scopes = 0;
        _budget = _random.Next(1, 60);
        return Body(depth: 0, mayNeed: true);
    }

    private List<Step> Body(int depth, bool mayNeed)
    {
        var steps = new List<Step>();
        int aparts = _aparts;
        int length = depth == 0 ? _random.Next(1, 9) : _random.Next(0, 4);
        if (_random.Next(2) == 0 || length == 0)
            steps.Add(Work());
        for (int i = 0; i < length; i++)
        {
            bool needsNow = steps.Count == 0 || steps[^1] is Step.Scope;
            switch (_random.Next(10))
            {
                case < 5:
                    steps.Add(Scope(depth + 1, mayNeed, needsNow));
                    break;
                case < 8:
                    steps.Add(new Step.Together([.. Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Flow(depth + 1, mayNeed, needsNow))]));
                    break;
                case 8:
                    steps.Add(new Step.Apart(Flow(depth + 1, mayNeed: false, needsNow: false)));
                    _aparts++;
                    break;
                default:
                    if (_aparts == aparts)
                        steps.Add(Work());
                    break;
            }
        }
        if (_aparts == aparts && _random.Next(2) == 0)
            steps.Add(Work());
        return steps;
    }

    private Step[] Flow(int depth, bool mayNeed, bool needsNow) =>
        [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Scope(depth, mayNeed, needsNow || i > 0))];

    private Step.Scope Scope(int depth, bool mayNeed, bool needsNow)
    {
        string name = FormattableString.Invariant($"s{_scopes++}");
        string[] needs = mayNeed && needsNow && _providers.Count > 0 && _random.Next(3) == 0 ? [.. _random.GetItems(_providers.ToArray(), Math.Min(_providers.Count, _random.Next(1, 4))).Distinct()] : [];
        bool isLeaf = depth >= MaxDepth || _scopes >= _budget || _random.Next(2) == 0;
        IReadOnlyList<Step> body = isLeaf ? [Work()] : Body(depth, mayNeed);
        if (mayNeed)
            _providers.Add(name);
        return new Step.Scope(name, needs, body);
    }

    // Fine enough that no two ends of a program fall together.
    private Step.Work Work() => new(TimeSpan.FromTicks(_random.NextInt64(10_000, 2_000_000)));
}

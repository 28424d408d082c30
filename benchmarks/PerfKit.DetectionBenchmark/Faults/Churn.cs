using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>How objects come to live just too long.</summary>
internal enum Lifetime
{
    /// <summary>A queue of messages: each lives while a few hundred thousand others pass.</summary>
    Queue,

    /// <summary>A dictionary that is built anew each time, while the last one is still read.</summary>
    Rebuilt,

    /// <summary>A tree that is copied where it changes.</summary>
    Tree,
}

/// <summary>
/// A service allocates without end what collections then find alive. Fixed: the same work in objects that are reused.
/// </summary>
/// <param name="Lifetime">How objects come to live too long.</param>
/// <param name="Objects">How many do at a time.</param>
/// <param name="InItems">Each piece of work enters the service's context, as a request does; else one context lasts for all.</param>
internal sealed record Churn(Lifetime Lifetime, int Objects, bool InItems) : Fault
{
    private Node[] _ring = [];
    private Dictionary<int, Node>? _index;
    private int _next;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.GcPressure];

    // Whoever allocates as fast as it can is on the CPU all the time, and the collector works for it there.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.CpuIntensive];

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        _ring = new Node[Objects];
        return Pace.OnThreadsAsync(1, InItems ? Item : Turn, stop);
    }

    private void Item()
    {
        using (ServiceContext.Enter(Service))
            Turn();
    }

    private void Turn()
    {
        switch (Lifetime)
        {
            case Lifetime.Queue:
                for (int i = 0; i < 1_000; i++)
                    Put(_next++ % Objects);
                break;
            case Lifetime.Rebuilt when IsFixed:
                _index ??= Build();
                foreach (Node node in _index.Values)
                    node.Value++;
                break;
            case Lifetime.Rebuilt:
                _index = Build();
                break;
            default:
                // A path from the root, as long as the tree is deep, with each change.
                for (int i = 0; i < 1_000; i++)
                {
                    int leaf = (int)((uint)_next++ * 2_654_435_761U % (uint)Objects);
                    for (int at = leaf; at > 0; at /= 2)
                        Put(at);
                }
                break;
        }
    }

    private void Put(int slot)
    {
        if (IsFixed && _ring[slot] is { } node)
            node.Value++;
        else
            _ring[slot] = new Node { Before = _ring[slot]?.Before is null ? _ring[slot] : null, Value = slot };
    }

    private Dictionary<int, Node> Build()
    {
        var index = new Dictionary<int, Node>();
        for (int i = 0; i < Objects; i++)
            index[i] = new Node { Value = i };
        return index;
    }

    private sealed class Node
    {
        public Node? Before { get; init; }

        public long Value { get; set; }

        public object Payload { get; } = new byte[32];
    }
}

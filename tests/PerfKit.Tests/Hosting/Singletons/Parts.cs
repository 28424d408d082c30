using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace PerfKit.Tests;

/// <summary>What was built and disposed of, in order; each part has a number of its own, which tells instances apart.</summary>
internal sealed class Journal
{
    private int _parts;
    private int _asking;

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Asks the container from inside a construction; not without end, as a service that asks for itself would.</summary>
    public object? Ask(IServiceProvider provider, Type service)
    {
        if (_asking >= 2)
            return null;
        _asking++;
        try
        {
            return provider.GetService(service);
        }
        finally
        {
            _asking--;
        }
    }

    public string Built(string part)
    {
        string name = $"{part}#{++_parts}";
        Lines.Enqueue("+" + name);
        return name;
    }
}

internal interface IOne;

internal interface ITwo;

internal interface IThree;

internal interface IBox<T>;

/// <summary>Something that a container builds; every kind may be registered for every service.</summary>
internal abstract class Part(Journal journal, params object?[] taken) : IOne, ITwo, IThree, IDisposable
{
    private string? _name;

    public string Name => _name!;

    public void Dispose() => journal.Lines.Enqueue("-" + _name);

    public override string ToString() => Name;

    protected void Build() => _name = journal.Built($"{GetType().Name}({string.Join(",", taken.Select(Describe))})");

    private static string Describe(object? taken) => taken switch
    {
        null => "null",
        IEnumerable<IOne> many => $"[{string.Join(",", many)}]",
        IServiceProvider provider => provider.GetType().Name,
        _ => taken.ToString()!,
    };
}

internal sealed class Leaf : Part
{
    public Leaf(Journal journal)
        : base(journal) => Build();
}

internal sealed class NeedsTwo : Part
{
    public NeedsTwo(Journal journal, ITwo two)
        : base(journal, two) => Build();
}

internal sealed class NeedsThreeOrNothing : Part
{
    public NeedsThreeOrNothing(Journal journal, IThree? three = null)
        : base(journal, three) => Build();
}

internal sealed class NeedsAllOnes : Part
{
    public NeedsAllOnes(Journal journal, IEnumerable<IOne> ones)
        : base(journal, ones) => Build();
}

internal sealed class NeedsKeyed : Part
{
    public NeedsKeyed(Journal journal, [FromKeyedServices("k")] IThree three)
        : base(journal, three) => Build();
}

internal sealed class KnowsItsKey : Part
{
    public KnowsItsKey(Journal journal, [ServiceKey] string key)
        : base(journal, key) => Build();
}

internal sealed class InheritsItsKey : Part
{
    public InheritsItsKey(Journal journal, [FromKeyedServices] IThree three)
        : base(journal, three) => Build();
}

/// <summary>The container takes the longest constructor it can satisfy; <c>ActivatorUtilities</c> would take another.</summary>
internal sealed class Choosy : Part
{
    [ActivatorUtilitiesConstructor]
    public Choosy(Journal journal)
        : base(journal) => Build();

    public Choosy(Journal journal, ITwo two)
        : base(journal, two) => Build();

    public Choosy(Journal journal, ITwo two, IThree three)
        : base(journal, two, three) => Build();
}

internal sealed class Torn : Part
{
    public Torn(Journal journal, ITwo two)
        : base(journal, two) => Build();

    public Torn(Journal journal, IThree three)
        : base(journal, three) => Build();
}

internal sealed class Hidden : Part
{
    private Hidden(Journal journal)
        : base(journal)
    {
    }
}

internal sealed class Failing : Part
{
    public Failing(Journal journal)
        : base(journal) => throw new InvalidOperationException("this part is broken");
}

/// <summary>Asks the container while it is being built.</summary>
internal sealed class Reentrant : Part
{
    public Reentrant(Journal journal, IServiceProvider provider)
        : base(journal, provider, journal.Ask(provider, typeof(IThree))) => Build();
}

internal sealed class Box<T> : Part, IBox<T>
{
    public Box(Journal journal, ITwo? two = null)
        : base(journal, typeof(T).Name, two) => Build();
}

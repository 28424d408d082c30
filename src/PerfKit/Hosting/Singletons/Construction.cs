using System.Reflection;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>How the construction of one registration, or of one closed type of an open registration, is recorded.</summary>
/// <param name="tracking">The collection's tracking.</param>
/// <param name="type">The type to be constructed, or what is known of it before a factory has run.</param>
/// <param name="key">The key it is registered under; <c>null</c> for none.</param>
internal sealed class Construction(SingletonTracking tracking, Type type, object? key = null) : IStartupSubject
{
    public const string Phase = "construction";

    // Asked for before anything is constructed: the container's own work has just pushed the answer's code out of the CPU's caches.
    private readonly ServiceType _serviceType = tracking.TypeOf(type);

    private string? _name;
    private string[]? _dependencies;
    private ConstructorInfo? _constructor;

    public Type Type => type;

    public string Name => _name ??= tracking.NameOf(type) + TypeNames.Key(key);

    public Construction Closed(Type closed) => new(tracking, closed, key);

    /// <summary>What the chosen constructor takes; nothing is known of what a factory asks for but by nesting.</summary>
    public IReadOnlyList<string> Dependencies => _dependencies ??= _constructor is null ? [] : DependenciesOf(_constructor);

    public StartupScope Begin() => tracking.Tracker.Begin(this, _serviceType, Phase);

    public StartupScope Begin(ConstructorInfo constructor)
    {
        _constructor = constructor;
        return Begin();
    }

    private string[] DependenciesOf(ConstructorInfo constructor)
    {
        try
        {
            return tracking.Dependencies.Of(constructor);
        }
        catch (Exception) // a snapshot must not fail for a name
        {
            return [];
        }
    }
}

using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>Calls a registered factory, and times it. What it resolves of its own is nested in it.</summary>
internal sealed class TrackedFactory(Func<IServiceProvider, object> factory, Construction construction)
{
    public object Create(IServiceProvider provider)
    {
        using StartupScope scope = construction.Begin();
        try
        {
            return factory(provider);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }
}

/// <summary>Calls a registered factory of keyed services, and times it.</summary>
internal sealed class TrackedKeyedFactory(Func<IServiceProvider, object?, object> factory, Construction construction)
{
    public object Create(IServiceProvider provider, object? key)
    {
        using StartupScope scope = construction.Begin();
        try
        {
            return factory(provider, key);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace PerfKit;

/// <summary>
/// Which tracked singletons a constructor's parameters stand for. An edge costs nothing to learn and is known whether or not
/// the dependency had been built before: what nesting alone would show is only who was asked first.
/// </summary>
internal sealed class SingletonDependencies
{
    private readonly Dictionary<Type, Registration> _byService = [];
    private readonly Dictionary<(Type, object), Registration> _byKey = [];

    /// <param name="Singleton">The tracked singleton; <c>null</c> for a registration that is none.</param>
    /// <param name="Earlier">The registration of the same service before this one.</param>
    private sealed record Registration(Construction? Singleton, Registration? Earlier);

    public void Add(ServiceDescriptor descriptor, Construction? singleton)
    {
        if (descriptor.IsKeyedService && descriptor.ServiceKey is { } key)
            _byKey[(descriptor.ServiceType, key)] = new Registration(singleton, _byKey.GetValueOrDefault((descriptor.ServiceType, key)));
        else
            _byService[descriptor.ServiceType] = new Registration(singleton, _byService.GetValueOrDefault(descriptor.ServiceType));
    }

    public string[] Of(ConstructorInfo constructor)
    {
        ParameterInfo[] parameters = constructor.GetParameters();
        if (parameters.Length == 0)
            return [];
        var names = new List<string>(parameters.Length);
        foreach (ParameterInfo parameter in parameters)
            Add(names, parameter.ParameterType, KeyOf(parameter));
        return [.. names];
    }

    private void Add(List<string> names, Type service, object? key)
    {
        if (Find(service, key) is { } registration)
        {
            AddName(names, registration.Singleton, service);
            return;
        }
        if (!service.IsConstructedGenericType)
            return;
        Type definition = service.GetGenericTypeDefinition();
        if (Find(definition, key) is { } open)
            AddName(names, open.Singleton, service);
        else if (definition == typeof(IEnumerable<>))
            AddAll(names, service.GenericTypeArguments[0], key);
    }

    private void AddAll(List<string> names, Type element, object? key)
    {
        int first = names.Count;
        for (Registration? registration = Find(element, key); registration is not null; registration = registration.Earlier)
            AddName(names, registration.Singleton, element);
        names.Reverse(first, names.Count - first);
    }

    private static void AddName(List<string> names, Construction? singleton, Type service)
    {
        if (singleton is null)
            return;
        names.Add(singleton.Type.IsGenericTypeDefinition
            ? TypeNames.Short(singleton.Type, service.GenericTypeArguments)
            : singleton.Name);
    }

    private Registration? Find(Type service, object? key) => key is null
        ? _byService.GetValueOrDefault(service)
        : _byKey.GetValueOrDefault((service, key)) ?? _byKey.GetValueOrDefault((service, KeyedService.AnyKey));

    // Reading attributes is dear, and pays only where something is registered under a key.
    private object? KeyOf(ParameterInfo parameter) =>
        _byKey.Count > 0 ? parameter.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key : null;
}

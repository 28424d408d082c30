using Microsoft.Extensions.DependencyInjection;

namespace PerfKit;

/// <summary>Names of services as people say them.</summary>
internal static class TypeNames
{
    /// <summary>Without the namespace, with type arguments: <c>Repository&lt;Order&gt;</c>.</summary>
    public static string Short(Type type) => type.IsGenericType ? Short(type, type.GenericTypeArguments) : type.Name;

    public static string Short(Type type, Type[] arguments)
    {
        string name = type.Name;
        int arity = name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 || arguments.Length == 0 ? name : $"{name.AsSpan(0, arity)}<{string.Join(", ", arguments.Select(Short))}>";
    }

    /// <summary>What is added to the name of a service that is registered under a key: <c>[redis]</c>.</summary>
    public static string Key(object? key)
    {
        if (key is null)
            return "";
        try
        {
            return key == KeyedService.AnyKey ? "[*]" : $"[{key}]";
        }
        catch (Exception) // a key of the application may fail to describe itself
        {
            return $"[{key.GetType().Name}]";
        }
    }

    /// <summary>What a factory makes, as far as it says; else what it is registered for.</summary>
    public static Type Made(Type returned, Type service) => service.IsAssignableFrom(returned) ? returned : service;
}

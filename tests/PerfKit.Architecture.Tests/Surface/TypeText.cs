using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfKit.Architecture.Tests;

/// <summary>Types as C# writes them: their names with nullability, and what kind of type they are.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static string Name(Type type) => Name(type, nullability: null);

    /// <summary>The name that a type's own lines begin with: as <see cref="Name(Type)"/>, with the variance of its parameters.</summary>
    public static string Declared(Type type) => type.IsGenericTypeDefinition ? FullName(type, parameter => Variance(parameter) + parameter.Name) : Name(type);

    /// <summary>
    /// The full name; a reference type gets <c>?</c> when it may be null and <c>~</c> when the code does not say. A generic
    /// parameter that may stand for a nullable type counts as one that may be null.
    /// </summary>
    public static string Name(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying, nullability) + "?";

        string name = type.IsArray ? $"{Name(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]"
            : type.IsPointer ? Name(type.GetElementType()!) + "*"
            : type.IsGenericParameter ? type.Name
            : Keywords.TryGetValue(type, out string? keyword) ? keyword
            : FullName(type, NameOf(nullability));
        return type.IsValueType ? name : name + nullability?.ReadState switch
        {
            NullabilityState.Nullable => "?",
            NullabilityState.Unknown => "~",
            _ => string.Empty,
        };
    }

    public static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum" + (Enum.GetUnderlyingType(type) is var plain && plain != typeof(int) ? $" : {Name(plain)}" : string.Empty);
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"delegate {MemberText.Signature(type.GetMethod("Invoke")!, "Invoke")}";

        string kind = type.IsInterface ? "interface" : type.IsValueType ? StructKind(type) : ClassKind(type);
        string bases = string.Join(", ", Bases(type));
        return kind + (bases.Length > 0 ? $" : {bases}" : string.Empty) + Constraints(type.GetGenericArguments());
    }

    /// <summary><c> where T : …</c> for each generic parameter that is constrained.</summary>
    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(
            from parameter in parameters
            let constraints = string.Join(", ", Constraints(parameter))
            where constraints.Length > 0
            select $" where {parameter.Name} : {constraints}");

    private static IEnumerable<string> Constraints(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = parameter.GetCustomAttributesData().Any(it => it.AttributeType.Name == "IsUnmanagedAttribute");
        Type[] types = [.. parameter.GetGenericParameterConstraints().Where(it => it != typeof(ValueType))];
        byte annotation = Annotation(parameter);

        if (isUnmanaged)
            yield return "unmanaged";
        else if (isStruct)
            yield return "struct";
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return annotation == 2 ? "class?" : "class";
        else if (annotation == 1 && types.Length == 0)
            yield return "notnull";

        foreach (Type constraint in types)
            yield return Name(constraint);
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            yield return "new()";
        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
            yield return "allows ref struct";
    }

    /// <summary>1 for not null, 2 for maybe null: on the parameter itself, or as the default of what declares it.</summary>
    private static byte Annotation(Type parameter)
    {
        if (Flag(parameter, "NullableAttribute") is { } own)
            return own;
        if (parameter.DeclaringMethod is { } method && Flag(method, "NullableContextAttribute") is { } ofMethod)
            return ofMethod;
        for (Type? type = parameter.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (Flag(type, "NullableContextAttribute") is { } ofType)
                return ofType;
        }

        return 0;
    }

    private static byte? Flag(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().FirstOrDefault(it => it.AttributeType.Name == attribute)?.ConstructorArguments[0].Value as byte?;

    /// <summary>Names the arguments of a generic type one after another.</summary>
    private static Func<Type, string> NameOf(NullabilityInfo? nullability)
    {
        int index = 0;
        return argument => Name(argument, nullability?.GenericTypeArguments is { Length: > 0 } all ? all[index++] : null);
    }

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => string.Empty,
        };

    private static string FullName(Type type, Func<Type, string> nameOf)
    {
        string[] arguments = [.. type.GetGenericArguments().Select(nameOf)];

        // Outer types come first and take their share of the arguments: Outer`1+Inner`1 is Outer<A>.Inner<B>.
        int used = 0;
        string name = string.Empty;
        foreach (string part in Definition(type).FullName!.Split('+'))
        {
            int tick = part.IndexOf('`', StringComparison.Ordinal);
            int count = tick < 0 ? 0 : part[tick + 1] - '0';
            string shown = tick < 0 ? part : $"{part[..tick]}<{string.Join(", ", arguments[used..(used + count)])}>";
            used += count;
            name += name.Length == 0 ? shown : "." + shown;
        }

        return name;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static string ClassKind(Type type)
    {
        string kind = type.GetMethod("<Clone>$") is null ? "class" : "record";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => $"static {kind}",
            (true, false) => $"abstract {kind}",
            (false, true) => $"sealed {kind}",
            _ => kind,
        };
    }

    private static string StructKind(Type type)
    {
        bool isRecord = type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance)?.IsDefined(typeof(CompilerGeneratedAttribute)) ?? false;
        return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : string.Empty)
            + (type.IsByRefLike ? "ref " : string.Empty)
            + (isRecord ? "record struct" : "struct");
    }

    /// <summary>The base class and the interfaces the type names itself: not those that come with another.</summary>
    private static IEnumerable<string> Bases(Type type)
    {
        Type? parent = type.BaseType;
        if (parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            yield return Name(parent);

        Type[] all = type.GetInterfaces();
        IEnumerable<Type> inherited = all.SelectMany(it => it.GetInterfaces()).Concat(parent?.GetInterfaces() ?? []);
        foreach (Type it in all.Except(inherited).Where(it => it.IsVisible && it != typeof(IEquatable<>).MakeGenericType(type)).OrderBy(Name, StringComparer.Ordinal))
            yield return Name(it);
    }
}

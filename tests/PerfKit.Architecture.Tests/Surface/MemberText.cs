using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfKit.Architecture.Tests;

/// <summary>Members as C# declares them. Public is not written; everything else that a caller can notice is.</summary>
internal static class MemberText
{
    public static string Field(FieldInfo field)
    {
        string type = TypeText.Name(field.FieldType, new NullabilityInfoContext().Create(field));
        string modifiers = (field.IsFamily || field.IsFamilyOrAssembly ? "protected " : string.Empty)
            + (field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty)
            + (field.IsInitOnly ? "readonly " : string.Empty)
            + Required(field);
        string value = field.IsLiteral ? $" = {Literal.Of(field.GetRawConstantValue(), field.FieldType)}" : string.Empty;
        return modifiers + type + Tuple(field) + " " + field.Name + value;
    }

    public static string Constructor(ConstructorInfo constructor) =>
        Modifiers(constructor) + $"{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    public static string Property(PropertyInfo property)
    {
        MethodInfo widest = property.GetAccessors(nonPublic: true).OrderByDescending(it => it.IsPublic).First(PublicSurface.IsVisible);
        string type = TypeText.Name(property.PropertyType, new NullabilityInfoContext().Create(property));
        string name = property.GetIndexParameters() is { Length: > 0 } indexes ? $"this[{Parameters(indexes)}]" : property.Name;
        return Modifiers(widest) + Required(property) + ByRef(property.PropertyType, property) + type + Tuple(property) + " " + name
            + " { " + Accessor(property.GetMethod, widest, "get") + Accessor(property.SetMethod, widest, IsInit(property) ? "init" : "set") + "}";
    }

    public static string Event(EventInfo it) =>
        Modifiers(it.AddMethod!) + "event " + TypeText.Name(it.EventHandlerType!, new NullabilityInfoContext().Create(it)) + " " + it.Name;

    public static string Method(MethodInfo method) => Modifiers(method) + Signature(method, method.Name);

    /// <summary>Return type, name, generic parameters, parameters, constraints.</summary>
    public static string Signature(MethodInfo method, string name)
    {
        ParameterInfo result = method.ReturnParameter;
        Type[] generic = method.GetGenericArguments();
        return ByRef(result.ParameterType, result) + TypeText.Name(result.ParameterType, new NullabilityInfoContext().Create(result)) + Tuple(result)
            + " " + name + (generic.Length > 0 ? $"<{string.Join(", ", generic.Select(it => it.Name))}>" : string.Empty)
            + $"({Parameters(method)})" + TypeText.Constraints(generic);
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty) + Parameters(method.GetParameters());

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? string.Empty
            : parameter.IsOut ? "out "
            : parameter.IsDefined(typeof(RequiresLocationAttribute)) ? "ref readonly "
            : parameter.IsIn ? "in " : "ref ";
        string type = TypeText.Name(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        string value = parameter.HasDefaultValue ? $" = {Literal.Of(parameter.RawDefaultValue, parameter.ParameterType)}" : string.Empty;
        return modifier + type + Tuple(parameter) + " " + parameter.Name + value;
    }

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? string.Empty : "protected ";
        if (method.IsStatic)
            return access + "static " + (method.IsAbstract ? "abstract " : string.Empty);
        if (!method.IsVirtual || (method.DeclaringType!.IsInterface && method.IsAbstract))
            return access;

        bool isNew = method.Attributes.HasFlag(MethodAttributes.NewSlot);
        if (isNew && method.IsFinal)
            return access;          // implements an interface, and is virtual only in the metadata
        return access + (method.IsAbstract ? "abstract " : isNew ? "virtual " : method.IsFinal ? "sealed override " : "override ");
    }

    private static string Accessor(MethodInfo? accessor, MethodInfo widest, string name) =>
        accessor is null || !PublicSurface.IsVisible(accessor) ? string.Empty
            : (widest.IsPublic && !accessor.IsPublic ? "protected " : string.Empty) + name + "; ";

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;

    private static string ByRef(Type type, ICustomAttributeProvider returned) =>
        !type.IsByRef ? string.Empty : returned.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "ref readonly " : "ref ";

    /// <summary>The names of a tuple's elements, anywhere inside the type, in one flat list as the compiler keeps them.</summary>
    private static string Tuple(ICustomAttributeProvider typed) =>
        typed.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false) is [TupleElementNamesAttribute names, ..]
            ? $"[{string.Join(", ", names.TransformNames.Select(name => name ?? "_"))}]" : string.Empty;
}

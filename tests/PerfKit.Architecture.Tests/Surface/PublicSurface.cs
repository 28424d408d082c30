using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfKit.Architecture.Tests;

/// <summary>
/// Describes everything a caller of an assembly compiles against, one member a line, sorted ordinally, LF line ends. A type's own
/// line is <c>Name (what it is)</c>; its members' lines are <c>Name: declaration</c>. What the compiler adds to a record is left out.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Describe(Assembly assembly) => Join(assembly.GetTypes().Where(IsVisible).SelectMany(Lines));

    public static string Describe(Type type) => Join(Lines(type));

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Order(StringComparer.Ordinal).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Type type)
    {
        string name = TypeText.Declared(type);
        yield return $"{name} ({TypeText.Kind(type)})";
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;        // its kind says it all

        foreach (string member in Members(type))
            yield return $"{name}: {member}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        IEnumerable<FieldInfo> fields = type.GetFields(Declared).Where(field => IsVisible(field) && !field.IsSpecialName);
        if (type.IsEnum)
            return fields.Select(field => $"{field.Name} = {Literal.Of(field.GetRawConstantValue(), typeof(long))}");

        return fields.Select(MemberText.Field)
            .Concat(type.GetConstructors(Declared).Where(it => IsVisible(it) && !IsAdded(it)).Select(MemberText.Constructor))
            .Concat(type.GetProperties(Declared).Where(it => it.GetAccessors(true).Any(IsVisible) && !IsAdded(it)).Select(MemberText.Property))
            .Concat(type.GetEvents(Declared).Where(it => IsVisible(it.AddMethod!)).Select(MemberText.Event))
            .Concat(type.GetMethods(Declared).Where(it => IsVisible(it) && IsOrdinary(it) && !IsAdded(it)).Select(MemberText.Method));
    }

    private static bool IsVisible(Type type) =>
        (type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
        && (type.DeclaringType is null || IsVisible(type.DeclaringType));

    /// <summary>Protected counts as visible, except where nobody can derive.</summary>
    internal static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) =>
        field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    /// <summary>Accessors are shown with their property or event; operators are special names too, but methods of their own.</summary>
    private static bool IsOrdinary(MethodInfo method) => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal);

    /// <summary>Added by the compiler, to records mostly. The deconstruction of a positional record is added, but callers type it.</summary>
    private static bool IsAdded(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name != "Deconstruct";
}

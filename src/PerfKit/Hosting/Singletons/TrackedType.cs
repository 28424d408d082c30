using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace PerfKit;

/// <summary>
/// The type it is made from, with constructors that are timed. The container reads an implementation type's constructors,
/// and builds a singleton through <see cref="ConstructorInfo.Invoke(BindingFlags, Binder, object[], System.Globalization.CultureInfo)"/>;
/// so it keeps its own choice of constructor, its checks and its books, and PerfKit needs none of its own.
/// </summary>
internal sealed class TrackedType : TypeDelegator
{
    private const string ConstructorsOnly = "The container reads public constructors only, and the registration that this type comes from keeps them.";

    private readonly Construction _construction;

    [UnconditionalSuppressMessage("Trimming", "IL2067:DynamicallyAccessedMembers", Justification = ConstructorsOnly)]
    private TrackedType(Type type, Construction construction)
        : base(type) => _construction = construction;

    /// <summary>The type for a registration.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2063:DynamicallyAccessedMembers", Justification = ConstructorsOnly)]
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    public static Type Of(Type type, Construction construction) => new TrackedType(type, construction);

    public override bool IsGenericType => typeImpl.IsGenericType;

    public override bool IsGenericTypeDefinition => typeImpl.IsGenericTypeDefinition;

    public override bool ContainsGenericParameters => typeImpl.ContainsGenericParameters;

    public override Type[] GetGenericArguments() => typeImpl.GetGenericArguments();

    public override Type GetGenericTypeDefinition() => typeImpl.GetGenericTypeDefinition();

    [RequiresDynamicCode("As of the type it is made from.")]
    [RequiresUnreferencedCode("As of the type it is made from.")]
    public override Type MakeGenericType(params Type[] typeArguments)
    {
        Type closed = typeImpl.MakeGenericType(typeArguments);
        return new TrackedType(closed, _construction.Closed(closed));
    }

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.NonPublicConstructors)]
    public override ConstructorInfo[] GetConstructors(BindingFlags bindingAttr)
    {
        ConstructorInfo[] constructors = typeImpl.GetConstructors(bindingAttr);
        for (int i = 0; i < constructors.Length; i++)
            constructors[i] = new TrackedConstructor(constructors[i], _construction);
        return constructors;
    }

    public override string ToString() => typeImpl.ToString();
}

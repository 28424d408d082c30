using System.Globalization;
using System.Reflection;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>A constructor that is timed when it is invoked, and in everything else is the one it stands for.</summary>
internal sealed class TrackedConstructor(ConstructorInfo constructor, Construction construction) : ConstructorInfo
{
    public override string Name => constructor.Name;

    public override Type? DeclaringType => constructor.DeclaringType;

    public override Type? ReflectedType => constructor.ReflectedType;

    public override MethodAttributes Attributes => constructor.Attributes;

    public override CallingConventions CallingConvention => constructor.CallingConvention;

    public override RuntimeMethodHandle MethodHandle => constructor.MethodHandle;

    public override Module Module => constructor.Module;

    public override int MetadataToken => constructor.MetadataToken;

    public override bool ContainsGenericParameters => constructor.ContainsGenericParameters;

    public override object Invoke(BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture)
    {
        using StartupScope scope = construction.Begin(constructor);
        try
        {
            return constructor.Invoke(invokeAttr, binder, parameters, culture);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    public override object? Invoke(object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
        constructor.Invoke(obj, invokeAttr, binder, parameters, culture);

    public override ParameterInfo[] GetParameters() => constructor.GetParameters();

    public override MethodImplAttributes GetMethodImplementationFlags() => constructor.GetMethodImplementationFlags();

    public override object[] GetCustomAttributes(bool inherit) => constructor.GetCustomAttributes(inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) => constructor.GetCustomAttributes(attributeType, inherit);

    public override IList<CustomAttributeData> GetCustomAttributesData() => constructor.GetCustomAttributesData();

    public override bool IsDefined(Type attributeType, bool inherit) => constructor.IsDefined(attributeType, inherit);

    public override string? ToString() => constructor.ToString();
}

using System.Reflection;
using System.Reflection.Emit;

namespace PerfKit.TrackingBenchmark;

/// <summary>Makes services that nobody has seen before, as every start-up of a process has: their code is still to be compiled.</summary>
internal static class Shapes
{
    private static readonly ConstructorInfo ObjectConstructor = typeof(object).GetConstructor([])!;
    private static readonly ConstructorInfo StateConstructor = typeof(Dictionary<string, object>).GetConstructor([])!;

    /// <summary>
    /// Classes of which each third takes one and each third two of those before. Their constructors do the least that a
    /// service's does: they keep what they take in fields, and make a dictionary.
    /// </summary>
    public static Type[] Make(int count)
    {
        ModuleBuilder module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Shapes"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Shapes");
        var types = new Type[count];
        for (int i = 0; i < count; i++)
        {
            Type[] needs = i < 10 ? [] : (i % 3) switch
            {
                0 => [types[i / 3]],
                1 => [types[i / 2], types[i / 5]],
                _ => [],
            };
            types[i] = Make(module, $"Service{i}", needs);
        }
        return types;
    }

    private static Type Make(ModuleBuilder module, string name, Type[] needs)
    {
        TypeBuilder type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed);
        ILGenerator code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, needs).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, ObjectConstructor);
        for (int i = 0; i < needs.Length; i++)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldarg, (short)(i + 1));
            code.Emit(OpCodes.Stfld, type.DefineField($"_need{i}", needs[i], FieldAttributes.Private));
        }
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Newobj, StateConstructor);
        code.Emit(OpCodes.Stfld, type.DefineField("_state", typeof(Dictionary<string, object>), FieldAttributes.Private));
        code.Emit(OpCodes.Ret);
        return type.CreateType();
    }
}

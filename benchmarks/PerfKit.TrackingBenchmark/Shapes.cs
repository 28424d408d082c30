using System.Reflection;
using System.Reflection.Emit;

namespace PerfKit.TrackingBenchmark;

/// <summary>Makes services that nobody has seen before, as every start-up of a process has: their code is still to be compiled.</summary>
internal static class Shapes
{
    private static readonly ConstructorInfo ObjectConstructor = typeof(object).GetConstructor([])!;

    /// <summary>Classes of which each third takes one and each third two of those before; their constructors do nothing else.</summary>
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
            TypeBuilder type = module.DefineType($"Service{i}", TypeAttributes.Public | TypeAttributes.Sealed);
            ILGenerator code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, needs).GetILGenerator();
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Call, ObjectConstructor);
            code.Emit(OpCodes.Ret);
            types[i] = type.CreateType();
        }
        return types;
    }
}

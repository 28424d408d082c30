using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PerfKit;
using PerfKit.Instrumentation;

// quick prototype
Type[] types = Shapes.All;
var rounds = args.Length > 0 ? 1 : 300; if (args.Length > 0) { Shapes.All.ToString(); Console.WriteLine(Time(args[0] == "t")); return; }
List<double> plain = [], tracked = [];
for (int r = 0; r < rounds; r++)
{
    if (r % 2 == 0) { plain.Add(Time(false)); tracked.Add(Time(true)); } else { tracked.Add(Time(true)); plain.Add(Time(false)); }
    if (r == 0) Console.WriteLine($"cold {plain[0]:0.000} {tracked[0]:0.000}");
}
plain.Sort(); tracked.Sort();
Console.WriteLine($"{types.Length}: plain {plain[rounds/2]:0.0000} tracked {tracked[rounds/2]:0.0000} ratio {tracked[rounds/2]/plain[rounds/2]:0.000}; min {plain[0]:0.000} {tracked[0]:0.000}");

double Time(bool track)
{
    var services = new ServiceCollection();
    foreach (Type t in types) services.AddSingleton(t);
    var builder = new ServiceCollection().AddPerformanceAuditor();
    services.AddSingleton(new StartupTracker());
    var b = services.AddPerformanceAuditor();
    if (track) b.TrackSingletons();
    GC.Collect(); GC.WaitForPendingFinalizers();
    long began = Stopwatch.GetTimestamp();
    b.ApplyTracking();
    using var provider = services.BuildServiceProvider();
    foreach (Type t in types) provider.GetService(t);
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

internal static class Shapes
{
    public static readonly Type[] All = Make();
    private static Type[] Make()
    {
        var m = System.Reflection.Emit.AssemblyBuilder.DefineDynamicAssembly(new("Shapes"), System.Reflection.Emit.AssemblyBuilderAccess.Run).DefineDynamicModule("Shapes");
        var list = new List<Type>();
        for (int i = 0; i < 500; i++)
        {
            Type[] needs = i < 50 ? [] : i % 3 == 0 ? [list[i / 3]] : i % 3 == 1 ? [list[i / 2], list[i / 5]] : [];
            var t = m.DefineType("Service" + i, System.Reflection.TypeAttributes.Public);
            var c = t.DefineConstructor(System.Reflection.MethodAttributes.Public, System.Reflection.CallingConventions.Standard, needs);
            var il = c.GetILGenerator(); il.Emit(System.Reflection.Emit.OpCodes.Ldarg_0); il.Emit(System.Reflection.Emit.OpCodes.Call, typeof(object).GetConstructor([])!); il.Emit(System.Reflection.Emit.OpCodes.Ret);
            list.Add(t.CreateType());
        }
        return [.. list];
    }
}

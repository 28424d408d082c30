using System.Reflection;
using System.Reflection.Emit;

namespace PerfKit.StartupAccuracy;

/// <summary>Work that is made of one thing.</summary>
internal static class InjectedWork
{
    private static readonly List<object> Kept = [];
    private static Queue<string>? _assemblies;

    /// <summary>Methods so long that compiling them takes far more than making and running them.</summary>
    public static void Compile()
    {
        for (int i = 0; i < 8; i++)
        {
            var method = new DynamicMethod("generated", typeof(long), [typeof(long)]);
            ILGenerator code = method.GetILGenerator();
            code.Emit(OpCodes.Ldarg_0);
            for (int step = 0; step < 3_000; step++)
            {
                code.Emit(OpCodes.Ldc_I8, (long)step + i);
                code.Emit(step % 3 == 0 ? OpCodes.Mul : step % 3 == 1 ? OpCodes.Add : OpCodes.Xor);
                code.Emit(OpCodes.Ldarg_0);
                code.Emit(OpCodes.Add);
            }
            code.Emit(OpCodes.Ret);
            method.CreateDelegate<Func<long, long>>()(i);
        }
    }

    /// <summary>A graph of objects that survives, so that a collection has something to do.</summary>
    public static void Fill()
    {
        for (int i = 0; i < 400_000; i++)
            Kept.Add(new[] { i, i });
    }

    public static void Collect()
    {
        for (int i = 0; i < 4; i++)
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
    }

    public static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(time);
    }

    /// <summary>Waits for a lock that another thread keeps for so long.</summary>
    public static void WaitForLock(TimeSpan time)
    {
        var gate = new object();
        using var taken = new ManualResetEvent(false);
        var owner = new Thread(() =>
        {
            lock (gate)
            {
                taken.Set();
                Wait(time);
            }
        });
        owner.UnsafeStart(); // without the scope: its wait is not the one that is judged
        taken.WaitOne();
        lock (gate)
            Kept.Add(gate);
        owner.Join();
    }

    /// <summary>Assemblies of the framework that this process has not loaded, each told once; fewer when they run out.</summary>
    public static string[] NewAssemblies(int count)
    {
        _assemblies ??= new Queue<string>(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
        HashSet<string?> loaded = [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)];
        var names = new List<string>();
        while (names.Count < count && _assemblies.TryDequeue(out string? name))
        {
            if (!loaded.Contains(name))
                names.Add(name);
        }
        return [.. names];
    }

    /// <summary>Loads as the runtime does for a reference: by name.</summary>
    public static void Load(string[] assemblies)
    {
        foreach (string name in assemblies)
            Assembly.Load(new AssemblyName(name));
    }

    public static long Allocate(long bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), now;
        object? last = null;
        do
        {
            last = new byte[1_000];
            now = GC.GetAllocatedBytesForCurrentThread();
        }
        while (now - before < bytes);
        GC.KeepAlive(last);
        return now - before;
    }
}

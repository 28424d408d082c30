namespace PerfKit.Instrumentation;

/// <summary>
/// What a stretch of start-up was made of. Its parts, from <see cref="Cpu"/> to <see cref="Unknown"/>, less what was done at
/// once (<see cref="Overlapping"/>), add up to <see cref="Wall"/>. Immutable.
/// </summary>
/// <remarks>
/// A figure that the platform cannot give is <c>null</c>; its time is then in the part that its own text names.
/// <see cref="NotToldApart"/> says so in words. With a clock other than the system's, <see cref="Wall"/> is the only
/// figure, and all of it is <see cref="Unknown"/>: the platform's counters know nothing of another clock.
/// </remarks>
public sealed record StartupComposition
{
    /// <summary>The time that passed by the clock.</summary>
    public TimeSpan Wall { get; init; }

    /// <summary>
    /// Running on a CPU, without <see cref="Jit"/>, without <see cref="AssemblyLoading"/>, and without the garbage collections
    /// that the thread ran itself. Where it is <c>null</c>, it is in <see cref="Unknown"/>.
    /// </summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>Compiling methods, by the clock; what the compiler had to wait for is in here.</summary>
    public TimeSpan? Jit { get; init; }

    /// <summary>
    /// Finding and loading assemblies, by the clock. <c>null</c> when it was not measured; it is then in <see cref="Jit"/>
    /// where the compiler asked for the assembly, and else in <see cref="Cpu"/> and <see cref="Blocked"/>.
    /// </summary>
    public TimeSpan? AssemblyLoading { get; init; }

    /// <summary>Stopped for, or busy with, a garbage collection.</summary>
    public TimeSpan? GcPause { get; init; }

    /// <summary>
    /// On a thread and able to run, but waiting for a CPU. Where it is <c>null</c> (it is known on Linux only), it is in
    /// <see cref="Blocked"/>.
    /// </summary>
    public TimeSpan? QueuedForCpu { get; init; }

    /// <summary>On a thread and not running: a lock, synchronous I/O, <c>.Result</c>, a sleep. <c>null</c> where <see cref="Cpu"/> is.</summary>
    public TimeSpan? Blocked { get; init; }

    /// <summary>On no thread: something asynchronous had not finished.</summary>
    public TimeSpan? Awaiting { get; init; }

    /// <summary>What no part accounts for, as the work of a thread that is still at it when the snapshot is taken.</summary>
    public TimeSpan Unknown { get; init; }

    /// <summary>
    /// How far the parts exceed <see cref="Wall"/>, because several threads were at work at once, or because a scope went
    /// on itself while one nested in it was open.
    /// </summary>
    public TimeSpan Overlapping { get; init; }

    /// <summary>Managed bytes allocated; <c>null</c> where unknown.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Methods compiled; <c>null</c> where unknown.</summary>
    public int? JitMethods { get; init; }

    /// <summary>Assemblies loaded; <c>null</c> where unknown.</summary>
    public int? AssembliesLoaded { get; init; }

    /// <summary>
    /// Garbage collections of any generation that fell into its time on threads, whoever caused them; <c>null</c> where
    /// unknown. One that several scopes felt at once counts in each.
    /// </summary>
    public int? GcCollections { get; init; }

    /// <summary>The parts added up, less <see cref="Overlapping"/>: <see cref="Wall"/>, but for the error of the clocks.</summary>
    /// <returns>The sum.</returns>
    public TimeSpan SumOfParts() =>
        Of(Cpu) + Of(Jit) + Of(AssemblyLoading) + Of(GcPause) + Of(QueuedForCpu) + Of(Blocked) + Of(Awaiting) + Unknown - Overlapping;

    /// <summary>Says of each figure that is missing where its time is instead.</summary>
    /// <returns>English sentences without a full stop; empty when everything was told apart.</returns>
    public IReadOnlyList<string> NotToldApart()
    {
        if (Cpu is null && Jit is null && Awaiting is null)
            return ["Only the wall time is known"];
        var together = new List<string>();
        if (Cpu is null)
            together.Add("Running and blocked time are not told apart");
        if (Jit is null)
            together.Add("JIT time is inside CPU time");
        if (AssemblyLoading is null)
            together.Add("Assembly loading is inside JIT, CPU and blocked time");
        if (GcPause is null)
            together.Add("GC pauses are inside CPU and blocked time");
        if (QueuedForCpu is null && Cpu is not null)
            together.Add("Waiting for a CPU is inside blocked time");
        if (Awaiting is null)
            together.Add("Awaiting time is unknown");
        return together;
    }

    private static TimeSpan Of(TimeSpan? part) => part ?? TimeSpan.Zero;
}

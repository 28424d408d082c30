namespace PerfKit.Instrumentation;

/// <summary>
/// An assembly's load while its facts are still coming in, in <see cref="System.Diagnostics.Stopwatch"/> ticks. The lock of
/// <see cref="StartupBook"/> guards its duration; the rest belongs to the thread that loaded it until it is settled.
/// </summary>
/// <param name="name">The assembly's simple name.</param>
/// <param name="jitTime">What the thread had spent compiling when the load was over.</param>
internal sealed class LoadEntry(string name, long jitTime)
{
    private const long Unknown = -1;

    private long _jitAfter;

    public string Name { get; } = name;

    public long Duration { get; set; } = Unknown;

    public bool IsTimed => Duration != Unknown;

    /// <summary>
    /// The compiler asked for it. A compilation is counted when it is over, loads included: so one that contains a load is
    /// counted after it, and took longer.
    /// </summary>
    public bool IsInJit => Volatile.Read(ref _jitAfter) >= Duration;

    /// <summary>The thread loads the next assembly, or its slice is over.</summary>
    /// <param name="now">What the thread has spent compiling by now.</param>
    public void Settle(long now) => Volatile.Write(ref _jitAfter, now - jitTime);

    /// <summary>The facts as they are now: a duration may come while a snapshot is being built.</summary>
    public LoadEntry Copy() => (LoadEntry)MemberwiseClone();
}

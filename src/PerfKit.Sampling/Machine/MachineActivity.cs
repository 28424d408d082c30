namespace PerfKit.Sampling;

/// <summary>What the machine's processors, disks and networks did in a window, each by itself. Immutable.</summary>
/// <remarks>A device that is not in both snapshots, or that was counted anew between them, is left out. Everything is empty where the
/// platform tells nothing of it.</remarks>
public sealed record MachineActivity
{
    /// <summary>Gets the time between the snapshots.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Gets how busy each processor was, in percent from 0 to 100, by its number; counted in hundredths of a second. Linux only.</summary>
    public IReadOnlyDictionary<int, double> ProcessorPercent { get; init; } = new Dictionary<int, double>();

    /// <summary>Gets what each disk did in the window, by its name: partitions and what stands on disks are listed beside them. Linux only.</summary>
    public IReadOnlyDictionary<string, DiskCounters> Disks { get; init; } = new Dictionary<string, DiskCounters>();

    /// <summary>Gets what each network interface did in the window, by its name, the loopback among them.</summary>
    public IReadOnlyDictionary<string, NetworkCounters> Networks { get; init; } = new Dictionary<string, NetworkCounters>();
}

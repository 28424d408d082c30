using System.Net.NetworkInformation;
using System.Text;

namespace PerfKit.Sampling;

/// <summary>The counters of the machine's processors, disks and networks, each by itself, at one instant: two make a <see cref="MachineActivity"/>.
/// Immutable.</summary>
/// <remarks>For a look at details; it allocates. Samples carry the sums of these figures, and the busiest processor.</remarks>
public sealed class MachineSnapshot
{
    private const int MostDevices = 4096;

    private readonly long _timestamp;
    private readonly TimeProvider _time;
    private readonly Dictionary<int, MachineCpuTicks> _processors = [];
    private readonly Dictionary<string, DiskCounters> _disks = [];
    private readonly Dictionary<string, NetworkCounters> _networks = [];

    private MachineSnapshot(TimeProvider time)
    {
        _time = time;
        _timestamp = time.GetTimestamp();
    }

    /// <summary>Reads the counters now. Never throws: what cannot be read is not there.</summary>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <returns>The snapshot.</returns>
    public static MachineSnapshot Take(TimeProvider? timeProvider = null)
    {
        TimeProvider time = timeProvider ?? TimeProvider.System;
        if (OperatingSystem.IsLinux()) return Take(new LinuxFiles(), time);

        var snapshot = new MachineSnapshot(time);
        snapshot.AddPortableNetworks();
        return snapshot;
    }

    /// <summary>What happened between an earlier snapshot and this one.</summary>
    /// <param name="earlier">One with the same clock.</param>
    /// <returns>The activity.</returns>
    /// <exception cref="ArgumentException">The snapshot is not earlier.</exception>
    public MachineActivity Since(MachineSnapshot earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        TimeSpan window = _time.GetElapsedTime(earlier._timestamp, _timestamp);
        if (window < TimeSpan.Zero) throw new ArgumentException("The snapshot is later than this one; allowed: an earlier one.", nameof(earlier));

        return new MachineActivity
        {
            Window = window,
            ProcessorPercent = Grown(_processors, earlier._processors, static (now, before) => now.PercentSince(before)),
            Disks = Grown(_disks, earlier._disks, static (now, before) => now.Since(before)),
            Networks = Grown(_networks, earlier._networks, static (now, before) => now.Since(before)),
        };
    }

    internal static MachineSnapshot Take(IFileSource files, TimeProvider time)
    {
        var snapshot = new MachineSnapshot(time);
        ReadOnlySpan<byte> stat = files.ReadWhole("/proc/stat");
        while (snapshot._processors.Count < MostDevices && ProcStat.TryNextProcessor(ref stat, out int processor, out MachineCpuTicks ticks))
            snapshot._processors[processor] = ticks;

        ReadOnlySpan<byte> text = files.ReadWhole("/proc/diskstats");
        while (snapshot._disks.Count < MostDevices && DiskStats.TryNext(ref text, out DiskStats disk))
            snapshot._disks[Encoding.UTF8.GetString(disk.Name)] = disk.Counters;

        text = files.ReadWhole("/proc/net/dev");
        while (snapshot._networks.Count < MostDevices && NetDev.TryNext(ref text, out NetDev network))
            snapshot._networks[Encoding.UTF8.GetString(network.Name)] = network.Counters;

        return snapshot;
    }

    private static Dictionary<TKey, TGrowth> Grown<TKey, TCounters, TGrowth>(
        Dictionary<TKey, TCounters> now, Dictionary<TKey, TCounters> before, Func<TCounters, TCounters, TGrowth?> growth)
        where TKey : notnull
        where TCounters : struct
        where TGrowth : struct
    {
        var grown = new Dictionary<TKey, TGrowth>();
        foreach ((TKey name, TCounters counters) in now)
        {
            if (before.TryGetValue(name, out TCounters earlier) && growth(counters, earlier) is { } since) grown[name] = since;
        }

        return grown;
    }

    private void AddPortableNetworks()
    {
        try
        {
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces().Take(MostDevices))
            {
                IPInterfaceStatistics counted = network.GetIPStatistics();
                _networks[network.Name] = new NetworkCounters(
                    counted.BytesReceived, counted.BytesSent, counted.UnicastPacketsReceived + counted.UnicastPacketsSent,
                    counted.IncomingPacketsWithErrors + counted.OutgoingPacketsWithErrors, counted.IncomingPacketsDiscarded);
            }
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException or NotImplementedException)
        {
            // Not every platform tells all of it, and .NET says so in different ways. What was read by then is kept.
        }
    }
}

namespace PerfKit.Sampling;

/// <summary>Adds up what the machine's network interfaces moved. Guarded by the sampler's lock.</summary>
internal sealed class NetworkTotals(IFileSource files, UnavailableFigures unavailable) : IDisposable
{
    private readonly KeptFile _file = new(
        files, "/proc/net/dev", "MachineNetworkReceivedBytesPerSecond, MachineNetworkSentBytesPerSecond", unavailable);
    private readonly Devices _devices = new(files, "/sys/class/net");
    private byte[] _buffer = new byte[4096];

    /// <summary>Of the interfaces with a device behind them. Where none has one, as in a container: of all but the loopback.</summary>
    internal NetworkCounters? Read()
    {
        ReadOnlySpan<byte> text = _file.ReadWhole(ref _buffer);
        NetworkCounters? hardware = null, others = null;
        while (NetDev.TryNext(ref text, out NetDev network))
        {
            if (network.IsLoopback) continue;
            if (_devices.IsHardware(network.Name)) hardware = (hardware ?? default).Plus(network.Counters);
            else others = (others ?? default).Plus(network.Counters);
        }

        NetworkCounters? sum = hardware ?? others;
        if (sum is null) _file.Refuse("names no network interface");
        return sum;
    }

    public void Dispose() => _file.Dispose();
}

using System.Text;

namespace PerfKit.Sampling;

/// <summary>Tells devices from what stands on them (partitions, mirrors, bridges), of which each byte would count twice. Not thread-safe.</summary>
/// <param name="files">The files.</param>
/// <param name="folder">Has a folder for each: <c>/sys/block</c> or <c>/sys/class/net</c>.</param>
internal sealed class Devices(IFileSource files, string folder)
{
    internal const int Capacity = 1024;

    private readonly List<(byte[] Name, bool IsHardware)> _known = [];
    private int _next;

    /// <summary>Whether a device is behind the name; asked of the system once a name.</summary>
    internal bool IsHardware(ReadOnlySpan<byte> name)
    {
        // The kernel lists them in the same order every time.
        for (int i = 0; i < _known.Count; i++)
        {
            int at = (_next + i) % _known.Count;
            if (!name.SequenceEqual(_known[at].Name)) continue;
            _next = at + 1;
            return _known[at].IsHardware;
        }

        using IOpenFile? device = files.Open($"{folder}/{Encoding.UTF8.GetString(name).Replace('/', '!')}/device", out _);
        if (_known.Count == Capacity) _known.Clear();
        _known.Add((name.ToArray(), device is not null));
        _next = _known.Count;
        return device is not null;
    }
}

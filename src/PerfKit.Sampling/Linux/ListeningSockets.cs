using System.Globalization;

namespace PerfKit.Sampling;

/// <summary>Finds out which processes listen at which ports: sockets have numbers, and a process's open files point to them.</summary>
/// <remarks>Both steps are dear. Who listens is read every ten seconds at most: the kernel goes through the table of all connections for it.
/// A process's files are gone through when it is new, and those of all processes when there is a listener that was not there before.</remarks>
internal sealed class ListeningSockets(IFileSource files, TimeProvider time)
{
    internal static readonly TimeSpan Cadence = TimeSpan.FromSeconds(10);

    private const int NotThere = 2; // ENOENT

    internal const int MostListeners = 65_536;
    internal const int MostFiles = 65_536;

    private readonly Dictionary<long, int> _ports = [];   // those that listen now, by socket
    private readonly List<int> _files = [];
    private readonly byte[] _buffer = new byte[4096];
    private HashSet<long> _before = [];                   // those that listened at the scan before
    private byte[] _network = [];
    private bool _areKnown;
    private bool _hasNew;
    private long? _readAt;

    /// <summary>Reads who listens, unless it was read just now.</summary>
    internal void Begin()
    {
        long now = time.GetTimestamp();
        if (_readAt is { } at && time.GetElapsedTime(at, now) < Cadence) return;

        _readAt = now;
        _ports.Clear();
        ReadOnlySpan<byte> network = files.ReadLink("/proc/self/ns/net", _buffer);
        if (!network.SequenceEqual(_network)) _network = network.ToArray();
        _areKnown = TryAdd("/proc/net/tcp", mayBeMissing: false) && TryAdd("/proc/net/tcp6", mayBeMissing: true); // a system may have no IPv6
        _hasNew = false;
        foreach (long socket in _ports.Keys) _hasNew |= !_before.Contains(socket); // stays so until a scan has come to its end
    }

    /// <summary>The ports of a process, sorted; <see langword="null"/> where that cannot be told: nobody says who listens, or it belongs to
    /// somebody else, or to another network, whose sockets these are not.</summary>
    internal IReadOnlyList<int>? Of(KnownProcess process)
    {
        if (!_areKnown) return null;
        bool isNew = !process.IsLookedThrough;
        if (isNew)
        {
            process.IsLookedThrough = true;
            process.SharesNetwork = _network.Length > 0 && files.ReadLink(process.Folder + "ns/net", _buffer).SequenceEqual(_network);
        }

        if (!process.SharesNetwork) return null;
        if (isNew || _hasNew) process.Listeners = Listeners(process);
        else if (AreAllListening(process.Listeners)) return process.Ports;

        return process.Ports = process.Listeners is null ? null : Ports(process.Listeners);
    }

    /// <summary>All processes were asked for: what nobody owned by now, nobody that can be read owns.</summary>
    internal void End()
    {
        if (_hasNew || _ports.Count != _before.Count) _before = [.. _ports.Keys];
        _hasNew = false;
    }

    internal void Forget() => _readAt = null;

    private bool TryAdd(string path, bool mayBeMissing)
    {
        using IOpenFile? table = files.Open(path, out int error);
        if (table is null) return mayBeMissing && error == NotThere;
        for (long offset = 0; ;)
        {
            int read = table.Read(_buffer, offset);
            if (read < 0) return false;
            ReadOnlySpan<byte> text = _buffer.AsSpan(0, read);
            int left = text.Length;
            while (AsciiFields.TryNextLine(ref text, out ReadOnlySpan<byte> line))
            {
                left = text.Length;
                offset += line.Length;
                if (TcpTable.IsHeading(line)) continue;
                // The kernel writes those who listen first: at the first other socket nothing more is to be had.
                if (!TcpTable.TryParseListener(line, out int port, out long socket) || _ports.Count == MostListeners) return true;
                _ports[socket] = port;
            }

            if (left == read) return true; // the end, or a line that has none
        }
    }

    /// <summary><see langword="null"/> when the files cannot be listed, or are too many.</summary>
    private List<long>? Listeners(KnownProcess process)
    {
        _files.Clear();
        string folder = process.Folder + "fd";
        if (_ports.Count == 0) return [];
        if (!files.TryList(folder, _files) || _files.Count > MostFiles) return null;

        var sockets = new List<long>();
        foreach (int file in _files)
        {
            ReadOnlySpan<byte> link = files.ReadLink(string.Create(CultureInfo.InvariantCulture, $"{folder}/{file}"), _buffer);
            if (!link.StartsWith("socket:["u8) || !link.EndsWith("]"u8)) continue;
            if (AsciiFields.TryNumber(link["socket:[".Length..^1], out long socket) && _ports.ContainsKey(socket)) sockets.Add(socket);
        }

        return sockets;
    }

    private bool AreAllListening(List<long>? sockets)
    {
        if (sockets is null) return true;
        foreach (long socket in sockets)
        {
            if (!_ports.ContainsKey(socket)) return false;
        }

        return true;
    }

    private int[] Ports(List<long> sockets)
    {
        sockets.RemoveAll(socket => !_ports.ContainsKey(socket));
        return sockets.Count == 0 ? [] : [.. sockets.Select(socket => _ports[socket]).Distinct().Order()];
    }
}

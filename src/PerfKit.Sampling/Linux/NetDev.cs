namespace PerfKit.Sampling;

/// <summary>A line of <c>/proc/net/dev</c>, see proc_pid_net(5). Totals since boot. The name refers to the bytes parsed.</summary>
internal readonly ref struct NetDev
{
    internal ReadOnlySpan<byte> Name { get; private init; }

    internal NetworkCounters Counters { get; private init; }

    internal bool IsLoopback => Name.SequenceEqual("lo"u8);

    /// <summary>Takes lines off the text up to the next interface; <see langword="false"/> when there is none, or it makes no sense.</summary>
    internal static bool TryNext(ref ReadOnlySpan<byte> text, out NetDev network)
    {
        network = default;
        ReadOnlySpan<byte> line;
        int colon;
        do
        {
            if (!AsciiFields.TryNextLine(ref text, out line)) return false;
            colon = line.LastIndexOf((byte)':'); // an alias has one in its name; the two lines of heading have none
        }
        while (colon < 0);

        var fields = new AsciiFields(line[(colon + 1)..]);
        if (!fields.TryNumber(out long received) || !fields.TryNumber(out long packetsIn)) return false;
        if (!fields.TryNumber(out long faultsIn) || !fields.TryNumber(out long droppedIn)) return false;
        if (!fields.TrySkip(4) || !fields.TryNumber(out long sent) || !fields.TryNumber(out long packetsOut)) return false;
        if (!fields.TryNumber(out long faultsOut) || !fields.TryNumber(out long droppedOut)) return false;
        const long Limit = long.MaxValue / 8192; // rubbish beyond it, of which thousands would not add up
        if ((received | sent | packetsIn | packetsOut | faultsIn | faultsOut | droppedIn | droppedOut) > Limit) return false;

        network = new NetDev
        {
            Name = line[..colon].Trim((byte)' '),
            Counters = new NetworkCounters(received, sent, packetsIn + packetsOut, faultsIn + faultsOut, droppedIn + droppedOut),
        };
        return !network.Name.IsEmpty;
    }
}

using System.Buffers.Text;

namespace PerfKit.Sampling;

/// <summary>Lines of <c>/proc/net/tcp</c> and <c>tcp6</c>, see proc_pid_net(5).</summary>
internal static class TcpTable
{
    /// <summary>The first line, which names the columns.</summary>
    internal static bool IsHeading(ReadOnlySpan<byte> line) => line.TrimStart((byte)' ').StartsWith("sl "u8);

    /// <summary>A socket at which somebody listens; <see langword="false"/> for any other, and for rubbish.</summary>
    /// <param name="line">With the line feed that ends it.</param>
    /// <param name="port">The local port.</param>
    /// <param name="socket">The socket's number, to which a process's open file points.</param>
    internal static bool TryParseListener(ReadOnlySpan<byte> line, out int port, out long socket)
    {
        port = 0;
        socket = 0;
        var fields = new AsciiFields(line);
        return fields.TrySkip(1) && fields.TryNext(out ReadOnlySpan<byte> local) && TryPort(local, out port)
            && fields.TrySkip(1) && fields.TryNext(out ReadOnlySpan<byte> state) && state.SequenceEqual("0A"u8) // TCP_LISTEN
            && fields.TrySkip(5) && fields.TryNumber(out socket);
    }

    /// <summary>Such as <c>0100007F:1F90</c>.</summary>
    private static bool TryPort(ReadOnlySpan<byte> local, out int port)
    {
        port = 0;
        int colon = local.LastIndexOf((byte)':');
        if (colon <= 0 || local.Length != colon + 5) return false;
        return Utf8Parser.TryParse(local[(colon + 1)..], out port, out int used, 'X') && used == 4 && port >= 0;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfKit.WebBenchmark;

/// <summary>One customer's connection that stays open; asks, and waits until the whole answer is there. The least client there can be.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };
    private readonly byte[] _buffer = new byte[1 << 16];

    public Connection(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    public static byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <returns>The answer's body, where it has a stated length; valid until the next one.</returns>
    /// <exception cref="InvalidOperationException">The site did not answer with 200.</exception>
    public ReadOnlySpan<byte> Ask(byte[] request)
    {
        _socket.Send(request);
        int got = 0;
        do
        {
            int read = _socket.Receive(_buffer.AsSpan(got));
            got += read > 0 ? read : throw new InvalidOperationException("The site closed the connection.");
        }
        while (!IsWhole(_buffer.AsSpan(0, got)));
        ReadOnlySpan<byte> answer = _buffer.AsSpan(0, got);
        if (!answer.StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException($"The site answered: {Encoding.ASCII.GetString(answer)}");
        return answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..];
    }

    public void Dispose() => _socket.Dispose();

    // Kestrel writes JSON in chunks, the last one empty, and text with its length.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.EndsWith("\r\n0\r\n\r\n"u8))
            return true;
        int at = answer.IndexOf("Content-Length: "u8), end = answer.IndexOf("\r\n\r\n"u8);
        if (at < 0 || end < at)
            return false;
        ReadOnlySpan<byte> length = answer[(at + 16)..];
        return System.Buffers.Text.Utf8Parser.TryParse(length, out int body, out _) && answer.Length == end + 4 + body;
    }
}

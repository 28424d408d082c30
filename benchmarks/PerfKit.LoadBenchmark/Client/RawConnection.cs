using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfKit.LoadBenchmark;

/// <summary>The least client there can be: as little as possible between the generator and the server.</summary>
internal sealed class RawConnection : IDisposable
{
    public const string ExpectedAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256];

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return connection;
    }

    public static byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public async Task AskAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        await _socket.SendAsync(request, ct);
        for (int got = 0; got < ExpectedAnswer.Length;)
        {
            int read = await _socket.ReceiveAsync(_buffer, ct);
            got += read > 0 ? read : throw new IOException("The server closed the connection.");
        }
    }

    public void Dispose() => _socket.Dispose();
}

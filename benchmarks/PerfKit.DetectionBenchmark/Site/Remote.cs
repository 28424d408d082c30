using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PerfKit.DetectionBenchmark;

/// <summary>A client of <see cref="RemoteServer"/>, with calls that wait on a thread and calls that wait on none. Thread-safe.</summary>
internal sealed class Remote(int port) : IDisposable
{
    // A socket that was once used asynchronously no longer blocks in the kernel, so the two kinds keep apart.
    private readonly ConcurrentBag<Socket> _blocking = [], _awaiting = [];

    /// <summary>Asks, and holds the thread until the answer comes.</summary>
    public void Call(int milliseconds)
    {
        Socket connection = _blocking.TryTake(out Socket? idle) ? idle : Connect();
        Span<byte> message = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(message, milliseconds);
        connection.Send(message);
        connection.Receive(message);
        _blocking.Add(connection);
    }

    public async Task CallAsync(int milliseconds, CancellationToken stop = default)
    {
        Socket connection = _awaiting.TryTake(out Socket? idle) ? idle : Connect();
        try
        {
            var message = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(message, milliseconds);
            await connection.SendAsync(message, stop);
            await connection.ReceiveAsync(message, stop);
        }
        catch (OperationCanceledException)
        {
            connection.Dispose(); // its answer would come to the next one
            throw;
        }
        _awaiting.Add(connection);
    }

    public void Dispose()
    {
        foreach (Socket connection in _blocking.Concat(_awaiting))
            connection.Dispose();
    }

    private Socket Connect()
    {
        var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        connection.Connect(IPAddress.Loopback, port);
        return connection;
    }
}

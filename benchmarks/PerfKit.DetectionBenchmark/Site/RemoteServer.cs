using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// The other system that programs depend on, in the benchmark's own process: it answers each request after as many milliseconds
/// as the request asks for, or with a failure.
/// </summary>
internal sealed class RemoteServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();

    public RemoteServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The benchmark is over.
        }
    }

    private static async Task AnswerAsync(Socket connection)
    {
        using (connection)
        {
            connection.NoDelay = true;
            var message = new byte[sizeof(int)];
            try
            {
                while (await connection.ReceiveAsync(message) == message.Length)
                {
                    await Task.Delay(Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(message)));
                    await connection.SendAsync(message);
                }
            }
            catch (SocketException)
            {
                // The program was ended.
            }
        }
    }
}

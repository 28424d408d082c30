using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StartupLab;

/// <summary>
/// The systems that the site talks to: a server on loopback that takes its time over an answer, as one across a network
/// does. It runs in the process that measures, so that its work is not the site's.
/// </summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    public Upstream()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Asks the server at a port. The question is a line; so is the answer.</summary>
    public static async Task<string> AskAsync(int port, string question)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(question + "\n"));
        return await reader.ReadLineAsync() ?? throw new IOException($"The upstream server did not answer '{question}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server was closed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var reader = new StreamReader(client.GetStream());
                string question = await reader.ReadLineAsync(_closing.Token) ?? "";
                await Task.Delay(LatencyOf(question), _closing.Token);
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(AnswerTo(question) + "\n"), _closing.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The site, or this server, was closed meanwhile.
        }
    }

    private static TimeSpan LatencyOf(string question) => TimeSpan.FromMilliseconds(question switch
    {
        "sessions" => 180,
        "rates" => 230,
        "telemetry" => 140,
        _ => 1,
    });

    private static string AnswerTo(string question) => question switch
    {
        "rates" => "{" + string.Join(',', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"C{i:D3}\":{1 + (i / 100.0):F2}"))) + "}",
        "sessions" => "{\"shards\":16,\"epoch\":7}",
        _ => "{\"ok\":true}",
    };
}

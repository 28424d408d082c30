using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfKit.LoadBenchmark;

/// <summary>
/// A server in a process of its own. <c>/fast</c> answers at once; <c>/slow/I</c> after the delay of I; <c>/stall/I</c> too, and
/// then answers nobody for a second; <c>/forget</c> begins a new log; <c>/log</c> tells when each answer was written.
/// </summary>
internal sealed class LatencyServer
{
    public const string Argument = "--serve";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(RawConnection.ExpectedAnswer);

    private readonly long[] _written = new long[1 << 20];       // by index; 0 for none
    private long _stallEnds;                                    // a timestamp

    /// <summary>Serves until its standard input ends; the port is its first line of output.</summary>
    public static async Task ServeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        var server = new LatencyServer();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync();
                client.NoDelay = true;
                _ = server.TalkAsync(client);
            }
        });
        await Console.In.ReadToEndAsync();
    }

    private async Task TalkAsync(Socket client)
    {
        byte[] buffer = new byte[2048];
        int length = 0;
        try
        {
            using (client)
            {
                while (true)
                {
                    int read = await client.ReceiveAsync(buffer.AsMemory(length));
                    if (read == 0)
                        return;
                    length += read;
                    int end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
                    if (end < 0)
                        continue;

                    long arrived = Stopwatch.GetTimestamp();
                    string path = PathOf(buffer.AsSpan(0, end));
                    buffer.AsSpan(end + 4, length - end - 4).CopyTo(buffer);
                    length -= end + 4;
                    await AnswerAsync(client, path, arrived);
                }
            }
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }

    private static string PathOf(ReadOnlySpan<byte> request)
    {
        int from = request.IndexOf((byte)' ') + 1;
        return request[from..].StartsWith("/fast"u8) ? "/fast" : Encoding.ASCII.GetString(request[from..(from + request[from..].IndexOf((byte)' '))]);
    }

    private async ValueTask AnswerAsync(Socket client, string path, long arrived)
    {
        switch (path.Split('/'))
        {
            case ["", "fast"]:
                await client.SendAsync(Answer);
                break;
            case ["", "slow" or "stall", var text]:
                int index = int.Parse(text, CultureInfo.InvariantCulture);
                if (path.StartsWith("/stall", StringComparison.Ordinal))
                    Volatile.Write(ref _stallEnds, arrived + (long)(ServedDelays.StallSeconds * Stopwatch.Frequency));
                long due = Math.Max(arrived, Volatile.Read(ref _stallEnds)) + (long)(ServedDelays.SecondsOf(index) * Stopwatch.Frequency);
                await UntilAsync(due);
                while (Volatile.Read(ref _stallEnds) > Stopwatch.GetTimestamp())
                    await UntilAsync(Volatile.Read(ref _stallEnds));        // the stall began while it was served
                _written[index] = Stopwatch.GetTimestamp();
                await client.SendAsync(Answer);
                break;
            case ["", "forget"]:
                Array.Clear(_written);
                await client.SendAsync(Answer);
                break;
            case ["", "log"]:
                string log = string.Join('\n', _written.Index().Where(entry => entry.Item > 0).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Index} {entry.Item}")));
                await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {log.Length}\r\n\r\n{log}"));
                break;
            default:
                await client.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                break;
        }
    }

    private static async ValueTask UntilAsync(long due)
    {
        // A delay may end up to a millisecond early or late: the log says when the answer was really written.
        for (long left; (left = due - Stopwatch.GetTimestamp()) > 0;)
            await Task.Delay(Math.Max(1, (int)(left * 1000 / Stopwatch.Frequency)));
    }
}

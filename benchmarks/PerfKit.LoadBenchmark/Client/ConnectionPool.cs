using System.Collections.Concurrent;

namespace PerfKit.LoadBenchmark;

/// <summary>As many connections as operations are under way: none ever waits for another's.</summary>
internal sealed class ConnectionPool(int port) : IDisposable
{
    private readonly ConcurrentQueue<RawConnection> _idle = [];

    public static async Task<ConnectionPool> OpenAsync(int port, int count)
    {
        var pool = new ConnectionPool(port);
        for (int i = 0; i < count; i++)
            pool._idle.Enqueue(await RawConnection.OpenAsync(port));
        return pool;
    }

    public async Task AskAsync(string path, CancellationToken ct)
    {
        RawConnection connection = _idle.TryDequeue(out RawConnection? idle) ? idle : await RawConnection.OpenAsync(port);
        await connection.AskAsync(RawConnection.Request(path), ct);
        _idle.Enqueue(connection);
    }

    public void Dispose()
    {
        while (_idle.TryDequeue(out RawConnection? connection))
            connection.Dispose();
    }
}

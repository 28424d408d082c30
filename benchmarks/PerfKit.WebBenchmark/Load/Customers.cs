using System.Buffers.Text;
using System.Diagnostics;
using PerfKit.Pinning;

namespace PerfKit.WebBenchmark;

/// <summary>
/// The customers of one site, each a thread with a connection that asks again as soon as it has its answer: together on the second
/// core, and more than the site can serve on the first one.
/// </summary>
internal sealed class Customers : IDisposable
{
    private const int Count = 16;

    private static readonly byte[] Page = Connection.Request(ServedSite.Page);
    private static readonly byte[] CpuPage = Connection.Request(ServedSite.CpuPage);

    private readonly Connection[] _connections;
    private readonly long[][] _ticks; // by customer, how long each request took

    public Customers(int port)
    {
        _connections = [.. Enumerable.Range(0, Count).Select(_ => new Connection(port))];
        _ticks = [.. _connections.Select(_ => new long[1 << 16])];
    }

    public Slice Ask(TimeSpan length)
    {
        var asked = new int[Count];
        TimeSpan cpu = SiteCpu();
        long began = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Count).Select(index => new Thread(() => asked[index] = Ask(index, began, length)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        cpu = SiteCpu() - cpu;

        long[] all = [.. _ticks.SelectMany((ticks, index) => ticks.Take(asked[index]))];
        Array.Sort(all);
        return new Slice(
            all.Length / elapsed.TotalSeconds,
            Stopwatch.GetElapsedTime(0, all[(int)(all.Length * 0.99)]).TotalMicroseconds,
            cpu.TotalMicroseconds / all.Length,
            cpu / elapsed);
    }

    public void Dispose()
    {
        foreach (Connection connection in _connections)
            connection.Dispose();
    }

    private int Ask(int index, long began, TimeSpan length)
    {
        Cores.Pin(1);
        long[] ticks = _ticks[index];
        int asked = 0;
        while (asked < ticks.Length && Stopwatch.GetElapsedTime(began) < length)
        {
            long before = Stopwatch.GetTimestamp();
            _connections[index].Ask(Page);
            ticks[asked++] = Stopwatch.GetTimestamp() - before;
        }
        return asked;
    }

    private TimeSpan SiteCpu() => Utf8Parser.TryParse(_connections[0].Ask(CpuPage), out long ticks, out _)
        ? TimeSpan.FromTicks(ticks)
        : throw new InvalidOperationException("The site did not tell its CPU time.");
}

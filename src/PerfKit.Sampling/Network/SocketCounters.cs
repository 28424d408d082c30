namespace PerfKit.Sampling;

/// <summary>What .NET's sockets did in a process, as the runtime last told. Totals since it was first asked. Immutable.</summary>
/// <param name="Connected">Connections that this process opened.</param>
/// <param name="Accepted">Connections that others opened to it.</param>
/// <param name="ReceivedBytes">Bytes received.</param>
/// <param name="SentBytes">Bytes sent.</param>
public readonly record struct SocketCounters(long Connected, long Accepted, long ReceivedBytes, long SentBytes);

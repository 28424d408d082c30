using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>What PerfKit does itself, in its own books: the service <c>PerfKit</c>.</summary>
internal static class OwnWork
{
    /// <summary>CPU time it has used so far, what attribution costs the services' threads included.</summary>
    public static TimeSpan Cpu => Stopwatch.GetElapsedTime(0, ThreadLedger.CpuOf(ServiceContext.OwnName));

    /// <summary>Charges what follows, up to its disposal, to PerfKit.</summary>
    public static IDisposable Begin() => ServiceContext.Enter(ServiceContext.OwnName);
}

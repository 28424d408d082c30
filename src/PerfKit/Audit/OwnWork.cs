using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>What PerfKit does itself, in its own books: the service <c>PerfKit</c>.</summary>
internal static class OwnWork
{
    /// <summary>CPU time it has used so far by itself: what attribution costs the services' threads is in it, what it was asked for is not.</summary>
    public static TimeSpan Cpu => Stopwatch.GetElapsedTime(0, ThreadLedger.CpuOf(ServiceContext.OwnName));

    /// <summary>Charges what follows, up to its disposal, to PerfKit.</summary>
    public static IDisposable Begin() => ServiceContext.Enter(ServiceContext.OwnName);

    /// <summary>The same for what somebody asks for, an audit say: it is no reason to lower the detail of what runs always.</summary>
    public static IDisposable BeginOnDemand() => ServiceContext.Enter(ServiceContext.OnDemandName);
}

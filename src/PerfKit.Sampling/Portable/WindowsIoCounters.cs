using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PerfKit.Sampling;

/// <summary>IO_COUNTERS of winnt.h: operations and bytes since the process started, files, pipes, devices and sockets together.</summary>
[StructLayout(LayoutKind.Sequential)]
internal partial struct WindowsIoCounters
{
    public ulong ReadOperationCount;
    public ulong WriteOperationCount;
    public ulong OtherOperationCount;
    public ulong ReadTransferCount;
    public ulong WriteTransferCount;
    public ulong OtherTransferCount;

    [SupportedOSPlatform("windows")]
    internal static bool TryRead(out WindowsIoCounters counters)
    {
        const nint CurrentProcess = -1; // the pseudo handle that GetCurrentProcess returns
        return GetProcessIoCounters(CurrentProcess, out counters);
    }

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProcessIoCounters(nint process, out WindowsIoCounters counters);
}

using System.ComponentModel;
using System.Diagnostics;

namespace PerfKit.Sampling;

/// <summary>Reads what <see cref="Process"/> tells, on Windows, macOS and anywhere else. Allocates, and
/// costs much more than Linux's files.</summary>
internal sealed class PortableReader : IResourceReader
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly UnavailableFigures _unavailable;
    private bool _disposed;

    internal PortableReader(UnavailableFigures unavailable)
    {
        _unavailable = unavailable;
        const string LinuxOnly = "Read on Linux only.";
        unavailable.Note("MachineCpuPercent, BusiestProcessorPercent", LinuxOnly);
        unavailable.Note("OpenFileCount, OpenFileLimit", LinuxOnly);
        unavailable.Note("MachineDiskReadBytesPerSecond, MachineDiskWrittenBytesPerSecond, MachineDiskOperationsPerSecond", LinuxOnly);
        unavailable.Note("MachineNetworkReceivedBytesPerSecond, MachineNetworkSentBytesPerSecond", LinuxOnly);
        unavailable.Note("ControlGroupCpuCores, ControlGroupMemoryBytes, ControlGroupMemoryLimitBytes", LinuxOnly);
        unavailable.Note("MachineAvailableMemoryBytes, MachineMemoryPercent", LinuxOnly);
        unavailable.Note("StorageReadBytes, StorageWrittenBytes", LinuxOnly);
        unavailable.Note("MachineSwapUsedBytes, MachineLoad", LinuxOnly);
        unavailable.Note("CpuPressurePercent, MemoryPressurePercent, MemoryStallPercent, IoPressurePercent, IoStallPercent", LinuxOnly);
        unavailable.Note("CpuThrottledPercent, CpuThrottled", LinuxOnly);
        unavailable.Note("VoluntaryContextSwitchesPerSecond, InvoluntaryContextSwitchesPerSecond", LinuxOnly);
        if (!OperatingSystem.IsWindows())
            unavailable.Note("IoReadBytes, IoWrittenBytes, IoOperations", "Read on Linux and Windows only.");
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        try
        {
            _process.Refresh();
            reading.WorkingSetBytes = _process.WorkingSet64;
            reading.ThreadCount = _process.Threads.Count;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            _unavailable.Note("WorkingSetBytes, ThreadCount", e.Message);
        }

        if (!OperatingSystem.IsWindows()) return;
        if (WindowsIoCounters.TryRead(out WindowsIoCounters io))
        {
            reading.IoReadBytes = (long)io.ReadTransferCount;
            reading.IoWrittenBytes = (long)io.WriteTransferCount;
            reading.IoOperations = (long)(io.ReadOperationCount + io.WriteOperationCount);
        }
        else
        {
            _unavailable.Note("IoReadBytes, IoWrittenBytes, IoOperations", "GetProcessIoCounters failed.");
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _process.Dispose();
    }
}

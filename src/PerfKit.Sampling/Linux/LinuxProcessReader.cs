namespace PerfKit.Sampling;

/// <summary>Reads what this process uses: CPU time, memory, threads, I/O, open files.</summary>
/// <remarks>
/// Not from <c>/proc/self/stat</c>, which has most of it in one line, but costs the kernel more than all these calls together and
/// counts CPU time in hundredths of a second.
/// </remarks>
internal sealed class LinuxProcessReader : IResourceReader
{
    /// <summary>Kernels before 6.2 do not count open files: they are listed, which takes long when there are many.</summary>
    internal const int SamplesBetweenLists = 30;

    private readonly byte[] _buffer = new byte[512];
    private readonly IFileSource _files;
    private readonly UnavailableFigures _unavailable;
    private readonly KeptFile _memory;
    private readonly KeptFile _tasks;
    private readonly KeptFile _io;
    private readonly KeptFile _openFiles;
    private readonly List<int> _list = [];
    private readonly long _pageSize = Environment.SystemPageSize;
    private int? _listed;
    private int _untilList;
    private bool _disposed;

    internal LinuxProcessReader(IFileSource files, UnavailableFigures unavailable)
    {
        _files = files;
        _unavailable = unavailable;
        KeptFile Keep(string path, string figures) => new(files, path, figures, unavailable);
        _memory = Keep("/proc/self/statm", "WorkingSetBytes");
        _tasks = Keep("/proc/self/task", "ThreadCount");
        _io = Keep("/proc/self/io", "IoReadBytes, IoWrittenBytes, IoOperations, StorageReadBytes, StorageWrittenBytes");
        _openFiles = Keep("/proc/self/fd", "OpenFileCount");
    }

    public void Read(ref ResourceReading reading)
    {
        if (_disposed) return;

        if (ResourceUsage.TryRead(out ResourceUsage usage))
        {
            reading.CpuTime = usage.UserTime + usage.KernelTime;
            reading.KernelCpuTime = usage.KernelTime;
            reading.ContextSwitches = usage;
        }
        else
        {
            _unavailable.Note("VoluntaryContextSwitchesPerSecond, InvoluntaryContextSwitchesPerSecond", "getrusage failed.");
        }

        if (ProcPidStatm.TryParse(_memory.Read(_buffer), out long pages) && pages <= long.MaxValue / _pageSize) reading.WorkingSetBytes = pages * _pageSize;
        else _memory.Refuse();

        // The folder has a subfolder for each thread, and a folder's links are its subfolders, itself and its name.
        if (_tasks.Status() is { Links: > 2 and <= int.MaxValue and var links }) reading.ThreadCount = (int)links - 2;
        else _tasks.Refuse();

        if (ProcPidIo.TryParse(_io.Read(_buffer), out ProcPidIo io))
        {
            reading.IoReadBytes = io.ReadBytes;
            reading.IoWrittenBytes = io.WrittenBytes;
            reading.IoOperations = io.Reads + io.Writes;
            reading.StorageReadBytes = io.StorageReadBytes;
            reading.StorageWrittenBytes = io.StorageWrittenBytes;
        }
        else
        {
            _io.Refuse();
        }

        reading.OpenFileCount = OpenFiles();
    }

    public void Dispose()
    {
        _disposed = true;
        _memory.Dispose();
        _tasks.Dispose();
        _io.Dispose();
        _openFiles.Dispose();
    }

    /// <summary>Since Linux 6.2 the size of the folder is the number of open files, see proc_pid_fd(5).</summary>
    private int? OpenFiles()
    {
        if (_openFiles.Status() is not { } status) return null;
        if (status.Size is > 0 and <= int.MaxValue) return (int)status.Size;
        if (_untilList-- > 0) return _listed;

        _untilList = SamplesBetweenLists - 1;
        _list.Clear();
        _listed = _files.TryList("/proc/self/fd", _list) ? Math.Max(0, _list.Count - 1) : null; // less the one that lists
        return _listed;
    }
}

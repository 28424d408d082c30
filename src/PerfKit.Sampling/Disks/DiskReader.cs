namespace PerfKit.Sampling;

/// <summary>
/// Reads how full disks are: seldom, because it changes slowly, and on the thread pool, because a network disk that does not
/// answer holds its caller for as long as it likes.
/// </summary>
internal sealed class DiskReader : IResourceReader, IThreadPoolWorkItem
{
    internal const int MaxPaths = 64;
    internal static readonly TimeSpan Cadence = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly string[] _paths;
    private readonly TimeProvider _time;
    private readonly UnavailableFigures _unavailable;
    private readonly Func<string, DiskSpace> _read;
    private readonly Action<IThreadPoolWorkItem> _queue;
    private long? _askedAt;        // touched by the sampler only
    private int _isAsking;         // one question at a time
    private volatile Answer? _answer;
    private volatile bool _isDisposed;

    internal DiskReader(ICollection<string> paths, TimeProvider time, UnavailableFigures unavailable)
        : this(paths, time, unavailable, Ask, static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false))
    {
    }

    internal DiskReader(
        ICollection<string> paths, TimeProvider time, UnavailableFigures unavailable, Func<string, DiskSpace> read, Action<IThreadPoolWorkItem> queue)
    {
        _paths = [.. paths];
        _time = time;
        _unavailable = unavailable;
        _read = read;
        _queue = queue;
    }

    public void Read(ref ResourceReading reading)
    {
        long now = _time.GetTimestamp();
        bool isDue = _askedAt is not long asked || _time.GetElapsedTime(asked, now) >= Cadence;
        if (isDue && !_isDisposed && Interlocked.CompareExchange(ref _isAsking, 1, 0) == 0)
        {
            _askedAt = now;
            _queue(this);
        }

        if (_answer is not { } answer) return;
        if (_time.GetElapsedTime(answer.At, now) <= Lifetime) reading.FullestDisk = answer.Fullest;
        else _unavailable.Note(nameof(ResourceSample.FullestDisk), "A disk did not answer for a minute.");
    }

    public void Execute()
    {
        try
        {
            DiskSpace? fullest = null;
            foreach (string path in _paths)
            {
                if (TryRead(path) is { } disk && (fullest is null || disk.UsedPercent > fullest.UsedPercent)) fullest = disk;
            }

            _answer = new Answer(fullest, _time.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    public void Dispose() => _isDisposed = true;

    private DiskSpace? TryRead(string path)
    {
        try
        {
            return _read(path);
        }
        catch (Exception e) // whatever a file system answers, the pool's thread must not end the process
        {
            _unavailable.Note(nameof(ResourceSample.FullestDisk), $"{path}: {e.Message}");
            return null;
        }
    }

    private static DiskSpace Ask(string path)
    {
        var drive = new DriveInfo(Path.GetFullPath(path));
        return new DiskSpace(path, drive.TotalSize - drive.TotalFreeSpace, drive.AvailableFreeSpace);
    }

    private sealed record Answer(DiskSpace? Fullest, long At);
}

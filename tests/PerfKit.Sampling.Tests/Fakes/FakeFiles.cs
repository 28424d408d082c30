using System.Text;

namespace PerfKit.Sampling.Tests;

/// <summary>Files in memory. A path nobody set up throws, so that a reader looking in the wrong place fails its test.</summary>
internal sealed class FakeFiles : IFileSource
{
    private readonly Dictionary<string, byte[]?> _files = [];
    private readonly Dictionary<string, int[]?> _folders = [];
    private readonly Dictionary<string, string> _links = [];
    private readonly Dictionary<string, FileStatus> _statuses = [];
    private readonly Dictionary<string, int> _errors = [];

    internal List<string> Opened { get; } = [];

    internal List<string> Listed { get; } = [];

    internal int StillOpen { get; private set; }

    /// <summary>Longest answer of one read, as the kernel may give less than asked for.</summary>
    internal int MaxRead { get; init; } = int.MaxValue;

    internal FakeFiles With(string path, byte[] content)
    {
        _files[path] = content;
        return this;
    }

    internal FakeFiles With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    internal FakeFiles Without(params string[] paths)
    {
        foreach (string path in paths) _files[path] = null;
        return this;
    }

    /// <summary>Files that are there, and cannot be opened.</summary>
    internal FakeFiles Forbidden(params string[] paths)
    {
        foreach (string path in paths) _errors[path] = 13; // EACCES
        return Without(paths);
    }

    /// <summary>A folder's entries with whole numbers for names; none at all if it cannot be read.</summary>
    internal FakeFiles WithNumbers(string path, params int[]? numbers)
    {
        _folders[path] = numbers;
        return this;
    }

    internal FakeFiles WithLink(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    /// <summary>A folder that can be opened and looked at.</summary>
    internal FakeFiles WithStatus(string path, long links = 1, long size = 0)
    {
        _statuses[path] = new FileStatus(links, size);
        return With(path, "");
    }

    /// <summary>Everything the readers of the system ask for, each file with this content.</summary>
    internal static FakeFiles LinuxWith(byte[] content) => Paths.Aggregate(new FakeFiles(), (files, path) => files.With(path, content));

    internal static FakeFiles LinuxWithout() => new FakeFiles().Without(Paths);

    internal static FakeFiles Linux() => new FakeFiles()
        .With("/proc/self/statm", "812345 24811 9000 20 0 100000 0\n")
        .WithStatus("/proc/self/task", links: 25)
        .WithStatus("/proc/self/fd", size: 61)
        .With("/proc/self/io", RecordedFile.Read("pid-io.linux-4.19-composed"))
        .With("/proc/self/limits", RecordedFile.Read("limits.linux-6.18-recorded"))
        .With("/proc/stat", RecordedFile.Read("stat.linux-4.19-composed"))
        .With("/proc/meminfo", RecordedFile.Read("meminfo.linux-4.19-composed"))
        .With("/proc/loadavg", "1.25 0.80 0.70 2/300 4711\n")
        .With("/proc/pressure/cpu", RecordedFile.Read("pressure.linux-5.4-cpu-composed"))
        .With("/proc/pressure/memory", RecordedFile.Read("pressure.linux-5.15-io-composed"))
        .With("/proc/pressure/io", RecordedFile.Read("pressure.linux-5.15-io-composed"))
        .With("/proc/diskstats", RecordedFile.Read("diskstats.linux-5.15-composed"))
        .WithStatus("/sys/block/sda/device")
        .WithStatus("/sys/block/nvme0n1/device")
        .Without("/sys/block/sda1/device", "/sys/block/dm-0/device", "/sys/block/loop0/device")
        .With("/proc/net/dev", RecordedFile.Read("net-dev.linux-5.15-composed"))
        .WithStatus("/sys/class/net/eth0/device")
        .Without("/sys/class/net/docker0/device", "/sys/class/net/veth1a2b3c4/device")
        .With("/proc/self/cgroup", "0::/\n")
        .With("/proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
        .With("/sys/fs/cgroup/cpu.max", "150000 100000\n")
        .With("/sys/fs/cgroup/cpu.stat", RecordedFile.Read("cpu-stat.linux-5.15-v2-throttled-composed"))
        .With("/sys/fs/cgroup/memory.current", "104857600\n")
        .With("/sys/fs/cgroup/memory.max", "536870912\n");

    private static string[] Paths { get; } =
    [
        "/proc/self/statm", "/proc/self/task", "/proc/self/fd", "/proc/self/io", "/proc/self/limits", "/proc/stat", "/proc/meminfo", "/proc/loadavg",
        "/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io", "/proc/diskstats", "/proc/net/dev", "/proc/self/cgroup", "/proc/self/mountinfo",
    ];

    public IOpenFile? Open(string path, out int error)
    {
        Opened.Add(path);
        if (!_files.TryGetValue(path, out byte[]? content)) throw new InvalidOperationException($"The test set up no file {path}.");
        error = content is null ? _errors.GetValueOrDefault(path, 2) : 0; // ENOENT
        if (content is null) return null;
        StillOpen++;
        return new OpenFile(this, path);
    }

    public bool TryList(string path, List<int> numbers)
    {
        Listed.Add(path);
        if (_folders[path] is not { } entries) return false;
        numbers.AddRange(entries);
        return true;
    }

    public ReadOnlySpan<byte> ReadLink(string path, Span<byte> buffer)
    {
        if (!_links.TryGetValue(path, out string? target)) return default;
        return buffer[..Encoding.UTF8.GetBytes(target, buffer)];
    }

    private sealed class OpenFile(FakeFiles files, string path) : IOpenFile
    {
        public int Read(Span<byte> buffer, long offset)
        {
            if (files._files[path] is not { } content) return -1; // it went away after it was opened
            ReadOnlySpan<byte> rest = content.AsSpan((int)Math.Min(offset, content.Length));
            rest = rest[..Math.Min(rest.Length, Math.Min(buffer.Length, files.MaxRead))];
            rest.CopyTo(buffer);
            return rest.Length;
        }

        public bool TryStatus(out FileStatus status)
        {
            status = default;
            return files._files[path] is not null && files._statuses.TryGetValue(path, out status);
        }

        public void Dispose() => files.StillOpen--;
    }
}

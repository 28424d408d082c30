using System.Text;

namespace PerfKit.Sampling.Tests;

/// <summary>Files in memory. A path nobody set up throws, so that a reader looking in the wrong place fails its test.</summary>
internal sealed class FakeFiles : IFileSource
{
    private readonly Dictionary<string, byte[]?> _files = [];
    private readonly Dictionary<string, string[]> _folders = [];

    internal List<string> Opened { get; } = [];

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

    internal FakeFiles WithFolders(string path, params string[] names)
    {
        _folders[path] = names;
        return this;
    }

    /// <summary>Everything <see cref="LinuxReader"/> asks for on a machine without control groups, each file with this content.</summary>
    internal static FakeFiles LinuxWith(byte[] content) => new FakeFiles()
        .With("/proc/self/stat", content).With("/proc/self/io", content).With("/proc/stat", content).With("/proc/meminfo", content)
        .With("/proc/self/cgroup", content).With("/proc/self/mountinfo", content);

    internal static FakeFiles LinuxWithout() => new FakeFiles().Without(
        "/proc/self/stat", "/proc/self/io", "/proc/stat", "/proc/meminfo", "/proc/self/cgroup", "/proc/self/mountinfo");

    internal static FakeFiles Linux() => new FakeFiles()
        .With("/proc/self/stat", RecordedFile.Read("pid-stat.linux-4.19-composed"))
        .With("/proc/self/io", RecordedFile.Read("pid-io.linux-4.19-composed"))
        .With("/proc/stat", RecordedFile.Read("stat.linux-4.19-composed"))
        .With("/proc/meminfo", RecordedFile.Read("meminfo.linux-4.19-composed"))
        .With("/proc/self/cgroup", "0::/\n")
        .With("/proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
        .With("/sys/fs/cgroup/cpu.max", "150000 100000\n");

    public IOpenFile? Open(string path, out int error)
    {
        Opened.Add(path);
        if (!_files.TryGetValue(path, out byte[]? content)) throw new InvalidOperationException($"The test set up no file {path}.");
        error = content is null ? 2 : 0; // ENOENT
        if (content is null) return null;
        StillOpen++;
        return new OpenFile(this, path);
    }

    public IEnumerable<string> Folders(string path) => _folders[path];

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

        public void Dispose() => files.StillOpen--;
    }
}

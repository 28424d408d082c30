using PerfKit.Sampling;

namespace PerfKit.Integration.Tests;

/// <summary>A file system on which every file is missing, or full of the same rubbish.</summary>
internal sealed class HostileFiles(byte[]? content) : IFileSource
{
    private const int NoSuchFile = 2;

    public IOpenFile? Open(string path, out int error)
    {
        error = content is null ? NoSuchFile : 0;
        return content is null ? null : new Rubbish(content);
    }

    public bool TryList(string path, List<int> numbers) => false;

    public ReadOnlySpan<byte> ReadLink(string path, Span<byte> buffer) => default;

    public static ResourceSampler Sampler(byte[]? content) => new(
        new ResourceSamplerOptions { Interval = TimeSpan.FromMilliseconds(20) },
        null,
        new UnavailableFigures(),
        unavailable =>
        [
            new LinuxProcessReader(new HostileFiles(content), unavailable),
            new LinuxMachineReader(new HostileFiles(content), unavailable),
            new LinuxGroupReader(new HostileFiles(content), unavailable),
            new Faulty(),
        ]);

    private sealed class Rubbish(byte[] content) : IOpenFile
    {
        public int Read(Span<byte> buffer, long offset)
        {
            if (offset >= content.Length)
                return 0;
            ReadOnlySpan<byte> rest = content.AsSpan((int)offset);
            int count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        }

        public bool TryStatus(out FileStatus status)
        {
            status = new FileStatus(long.MaxValue, long.MaxValue);
            return true;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Faulty : IResourceReader
    {
        public void Read(ref ResourceReading reading) => throw new InvalidOperationException("this reader is broken");

        public void Dispose()
        {
        }
    }
}

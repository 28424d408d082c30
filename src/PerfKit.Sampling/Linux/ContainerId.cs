using System.Buffers;
using System.Text;

namespace PerfKit.Sampling;

/// <summary>Finds the container of a process in the names of its control groups. Pure.</summary>
internal static class ContainerId
{
    private const int Digits = 64;
    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Docker, containerd, CRI-O and Podman name a group after the container: 64 hexadecimal digits, alone or between other
    /// words, as in <c>docker-….scope</c>. The last one counts, for containers inside containers.</summary>
    /// <param name="cgroup"><c>/proc/[pid]/cgroup</c>.</param>
    /// <returns>The digits; <see langword="null"/> outside of such a container, and inside one that hides the names.</returns>
    internal static string? Find(ReadOnlySpan<byte> cgroup)
    {
        string? found = null;
        while (found is null && AsciiFields.TryNextLine(ref cgroup, out ReadOnlySpan<byte> line))
        {
            for (int start = line.IndexOfAny(Hexadecimal); start >= 0;)
            {
                ReadOnlySpan<byte> rest = line[start..];
                int length = rest.IndexOfAnyExcept(Hexadecimal); // never -1: the line ends with a line feed
                if (length == Digits) found = Encoding.ASCII.GetString(rest[..Digits]);
                int next = rest[length..].IndexOfAny(Hexadecimal);
                start = next < 0 ? -1 : start + length + next;
            }
        }

        return found;
    }
}

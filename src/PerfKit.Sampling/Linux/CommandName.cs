using System.Text;

namespace PerfKit.Sampling;

/// <summary>The name of a process: the kernel keeps its first 15 bytes, the command line begins with all of it. Pure.</summary>
internal static class CommandName
{
    private const int KernelLimit = 15;

    internal static bool MayBeCut(ReadOnlySpan<byte> shortName) => shortName.Length >= KernelLimit;

    /// <summary>The file name that the command line begins with, when it begins as the short name does; else the short name.</summary>
    /// <param name="shortName">Field 2 of the process's stat.</param>
    /// <param name="commandLine">The beginning of its cmdline: arguments that end with a zero each. Empty when it was not read.</param>
    internal static string Of(ReadOnlySpan<byte> shortName, ReadOnlySpan<byte> commandLine)
    {
        int end = commandLine.IndexOf((byte)0);
        if (end > 0 && MayBeCut(shortName))
        {
            ReadOnlySpan<byte> path = commandLine[..end];
            ReadOnlySpan<byte> file = path[(path.LastIndexOf((byte)'/') + 1)..];
            if (file.StartsWith(shortName)) return Readable(file);
        }

        return Readable(shortName);
    }

    /// <summary>Anybody may give a process any name, and names end up in logs and on terminals.</summary>
    private static string Readable(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        return text.Any(char.IsControl)
            ? string.Concat(text.Replace("\n", @"\n", StringComparison.Ordinal).Select(static letter => char.IsControl(letter) ? '\uFFFD' : letter))
            : text;
    }
}

using System.Runtime.CompilerServices;
using System.Text;

namespace PerfKit.Storage;

/// <summary>Lines of a text that may be anything: one too long to be a run is passed over instead of read into memory.</summary>
internal static class BoundedLines
{
    /// <summary>Characters of the longest line: a run of ten thousand metrics with names of a hundred characters and more.</summary>
    internal const int MaxLength = 8 << 20;

    /// <summary>Each line without its end; <see langword="null"/> for one that is too long. Ends with the text.</summary>
    public static async IAsyncEnumerable<string?> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken ct)
    {
        char[] buffer = new char[16 * 1024];
        var line = new StringBuilder();
        bool isTooLong = false;
        for (int read; (read = await reader.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
        {
            for (int start = 0; start < read;)
            {
                int end = buffer.AsSpan(start, read - start).IndexOf('\n');
                int length = end < 0 ? read - start : end;
                isTooLong |= line.Length + length > MaxLength;
                if (!isTooLong)
                    line.Append(buffer, start, length);
                start += length + (end < 0 ? 0 : 1);
                if (end < 0)
                    break;
                yield return isTooLong ? null : line.ToString();
                line.Clear();
                isTooLong = false;
            }
        }

        if (line.Length > 0 || isTooLong)
            yield return isTooLong ? null : line.ToString();
    }
}

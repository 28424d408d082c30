using System.Buffers.Text;

namespace PerfKit.Sampling;

/// <summary>Takes fields off a text, one after the other. A field counts only with the space or line feed that ends it, so that a
/// text cut off inside a number is refused, not misread.</summary>
internal ref struct AsciiFields(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    internal bool TryNext(out ReadOnlySpan<byte> field)
    {
        _rest = _rest.TrimStart((byte)' ');
        int end = _rest.IndexOfAny((byte)' ', (byte)'\n');
        field = end > 0 ? _rest[..end] : default;
        if (end <= 0) return false; // 0: the line has ended
        _rest = _rest[end..];
        return true;
    }

    internal bool TrySkip(int fields)
    {
        while (fields-- > 0)
        {
            if (!TryNext(out _)) return false;
        }

        return true;
    }

    /// <summary>A whole number from 0 to <see cref="long.MaxValue"/>.</summary>
    internal bool TryNumber(out long number)
    {
        number = 0;
        return TryNext(out ReadOnlySpan<byte> field) && TryNumber(field, out number);
    }

    /// <summary>Likewise, of a field at hand.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> field, out long number) =>
        Utf8Parser.TryParse(field, out number, out int used) && used == field.Length && number >= 0;

    /// <summary>Takes the next line off a text, with the line feed that ends it; what has none was cut off, and is no line.</summary>
    internal static bool TryNextLine(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        int end = text.IndexOf((byte)'\n') + 1;
        line = text[..end];
        text = end == 0 ? default : text[end..];
        return end > 0;
    }

    /// <summary>Finds the line that begins with a label, first in the text or after a line feed; gives what follows it.</summary>
    internal static bool TryFindLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out AsciiFields fields)
    {
        while (!text.IsEmpty)
        {
            if (text.StartsWith(label))
            {
                fields = new AsciiFields(text[label.Length..]);
                return true;
            }

            int end = text.IndexOf((byte)'\n');
            text = end < 0 ? default : text[(end + 1)..];
        }

        fields = default;
        return false;
    }
}

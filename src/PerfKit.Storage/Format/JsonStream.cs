using System.Text;
using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Reads a JSON file in order: no more of it is in memory than its largest value that is read as a whole.</summary>
internal sealed class JsonStream(Stream stream)
{
    /// <summary>Bytes of the largest value: ten thousand metrics fit even when all of their names are as long as may be.</summary>
    private const int MaxValueBytes = 128 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;         // what was read from the stream and not used yet is from here
    private int _end;           // to here
    private bool _isBegun;
    private bool _isComplete;   // nothing more is in the stream
    private JsonReaderState _state;

    private delegate bool Step<T>(ref Utf8JsonReader reader, out T result);

    /// <summary>Reads a file that is small enough to be one document.</summary>
    public static JsonDocument ParseWhole(byte[] content)
    {
        var json = new JsonStream(new MemoryStream(content, writable: false));
        JsonDocument document = json.ReadUnless(JsonTokenType.None)!;
        json.ReadEnd();
        return document;
    }

    /// <summary>Passes over the token that is hoped for; if another one comes, the value that it begins.</summary>
    public JsonDocument? ReadUnless(JsonTokenType hoped) => Advance((ref Utf8JsonReader reader, out JsonDocument? value) =>
    {
        value = null;
        return reader.Read() && (reader.TokenType == hoped || JsonDocument.TryParseValue(ref reader, out value));
    });

    /// <summary>The name of the next member; <see langword="null"/> at the end of the object.</summary>
    public string? ReadName() => Advance(static (ref Utf8JsonReader reader, out string? name) =>
    {
        bool isRead = reader.Read();
        name = isRead && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
        return isRead;
    });

    /// <summary>Only white space may be left.</summary>
    public void ReadEnd() => Advance(static (ref Utf8JsonReader reader, out bool isRead) => isRead = reader.Read());

    private T? Advance<T>(Step<T> step)
    {
        try
        {
            if (!_isBegun)
                Begin();
            while (true)
            {
                var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
                bool isDone = step(ref reader, out T result);
                if (isDone || _isComplete)
                {
                    _start += (int)reader.BytesConsumed;
                    _state = reader.CurrentState;
                    return result;
                }

                Fill();
            }
        }
        catch (JsonException error)
        {
            string place = $"broken at line {Node.Invariant((error.LineNumber ?? 0) + 1)}, byte {Node.Invariant((error.BytePositionInLine ?? 0) + 1)}";
            throw new StoreFormatException("$", place, "one complete JSON document", error);
        }
        catch (InvalidOperationException error)
        {
            throw NotUnicode(error);
        }
    }

    public static StoreFormatException NotUnicode(InvalidOperationException error) => new("$", "not all valid Unicode", "text in valid Unicode", error);

    /// <summary>Some editors put a byte order mark there; the parser takes none.</summary>
    private void Begin()
    {
        _isBegun = true;
        while (!_isComplete && _end < Encoding.UTF8.Preamble.Length)
            Fill();
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
            _start = Encoding.UTF8.Preamble.Length;
    }

    private void Fill()
    {
        int unread = _end - _start;
        if (unread == _buffer.Length && unread >= MaxValueBytes)
            throw new StoreFormatException("$", $"a file with a single value of more than {Node.Invariant(MaxValueBytes)} bytes", "no larger value");

        byte[] larger = unread == _buffer.Length ? new byte[unread * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, larger, 0, unread);
        _buffer = larger;
        _start = 0;
        _end = unread;
        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isComplete = read == 0;
    }
}

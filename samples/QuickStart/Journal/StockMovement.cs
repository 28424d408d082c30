using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace QuickStart;

/// <summary>One line of the stock journal, 16 bytes of ASCII: <c>P0012345+000120</c> and a line feed.</summary>
internal readonly record struct StockMovement(string Sku, int Quantity)
{
    public const int Size = 16;

    private const int SkuLength = 8;

    public void Write(Span<byte> line)
    {
        Encoding.ASCII.GetBytes(Sku, line);
        Encoding.ASCII.GetBytes(Quantity.ToString("+000000;-000000", CultureInfo.InvariantCulture), line[SkuLength..]);
        line[Size - 1] = (byte)'\n';
    }

    public static StockMovement Read(ReadOnlySpan<byte> line)
    {
        if (line[Size - 1] != '\n' || !Utf8Parser.TryParse(line[SkuLength..(Size - 1)], out int quantity, out _))
            throw new InvalidDataException("The stock journal has a damaged line.");
        return new StockMovement(Encoding.ASCII.GetString(line[..SkuLength]), quantity);
    }
}

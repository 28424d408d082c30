namespace PerfKit.Reporting;

/// <summary>A cell: a text or a figure; blank when it has neither.</summary>
public readonly record struct TableCell
{
    /// <summary>The text; <see langword="null"/> when the cell is a figure or blank.</summary>
    public string? Text { get; init; }

    /// <summary>The figure; <see langword="null"/> when the cell is a text or blank. Wins over <see cref="Text"/> when both are given.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>A cell of text.</summary>
    public static implicit operator TableCell(string? text) => new() { Text = text };

    /// <summary>A cell with a figure.</summary>
    public static implicit operator TableCell(Quantity quantity) => new() { Quantity = quantity };

    /// <summary>What the cell prints: the formatted figure, the text, or nothing.</summary>
    public override string ToString() => Quantity?.Format() ?? Text ?? "";
}

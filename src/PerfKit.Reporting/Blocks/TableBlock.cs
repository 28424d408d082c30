namespace PerfKit.Reporting;

/// <summary>Rows of text and figures.</summary>
public sealed record TableBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The columns, left to right.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The rows, top to bottom; may be empty. A row with too few cells is filled with blanks, cells too many are not shown.</summary>
    public IReadOnlyList<TableRow> Rows { get; init; } = [];
}

namespace PerfKit.Reporting;

/// <summary>A row of a table: <c>new TableRow("orders", Quantity.Of(duration))</c>.</summary>
/// <param name="Cells">The cells, left to right.</param>
public sealed record TableRow(params IReadOnlyList<TableCell> Cells);

namespace PerfKit.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Alignment">Where its cells stand; figures belong to the right.</param>
public sealed record TableColumn(string Name, ColumnAlignment Alignment = ColumnAlignment.Left);

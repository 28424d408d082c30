namespace PerfKit.Reporting;

/// <summary>Where the cells of a column stand.</summary>
public enum ColumnAlignment
{
    /// <summary>Names and prose.</summary>
    Left,

    /// <summary>Figures.</summary>
    Right,

    /// <summary>Marks and short words.</summary>
    Center,
}

namespace PerfKit.Statistics;

/// <summary>What a search for change points found out.</summary>
public enum ChangePointVerdict
{
    /// <summary>The series has too few observations to tell.</summary>
    Unknown,

    /// <summary>The whole series is one level, or one straight line, with noise around it.</summary>
    Unchanged,

    /// <summary>The series is better described by two or more segments.</summary>
    Changed,
}

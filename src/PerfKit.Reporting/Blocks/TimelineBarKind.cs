namespace PerfKit.Reporting;

/// <summary>What a bar of a timeline stands for.</summary>
public enum TimelineBarKind
{
    /// <summary>A service the application cannot do without.</summary>
    Essential,

    /// <summary>A service the application can start without.</summary>
    Optional,

    /// <summary>Work that nobody waits for.</summary>
    Background,

    /// <summary>What a service needs before it is ready.</summary>
    Dependency,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It had not ended when the figures were taken.</summary>
    Unfinished,
}

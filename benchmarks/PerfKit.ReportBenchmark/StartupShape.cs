namespace PerfKit.ReportBenchmark;

/// <summary>How the scopes of a generated start-up lie to one another.</summary>
internal enum StartupShape
{
    /// <summary>Services that overlap, each with scopes nested a few deep, most of them short: what start-ups look like.</summary>
    Services,

    /// <summary>All at once.</summary>
    Wide,

    /// <summary>Each in the one before.</summary>
    Deep,

    /// <summary>One after another.</summary>
    Row,
}

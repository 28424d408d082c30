namespace PerfKit.Storage;

/// <summary>What a run measured.</summary>
public enum AuditKind
{
    /// <summary>How the application started.</summary>
    Startup,

    /// <summary>What the application consumed while it ran.</summary>
    Runtime,

    /// <summary>Operations, measured again and again under the same conditions.</summary>
    Benchmark,

    /// <summary>The application under a load that a generator made.</summary>
    LoadTest,
}

namespace PerfKit.Storage;

/// <summary>What an audit looked at.</summary>
public enum AuditKind
{
    /// <summary>How the application started.</summary>
    Startup,

    /// <summary>What the application consumed while it ran.</summary>
    Runtime,
}
